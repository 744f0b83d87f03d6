package dev.holdfast.tomcat;

import dev.holdfast.HoldfastException;
import dev.holdfast.store.StoreUnavailableException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;

/** What a client is told whose session could not be reached or saved. */
record ErrorAnswer(int status, String message) {
    private static final String HTTP_2 = "HTTP/2.0";
    private static final String RETRY_AFTER_SECONDS = "5";

    static ErrorAnswer of(HoldfastException failure) {
        return failure instanceof StoreUnavailableException
                ? new ErrorAnswer(
                        HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Your session cannot be reached. Please try again.")
                : new ErrorAnswer(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "Your session could not be saved.");
    }

    /** Instead of whatever the application has written, by Tomcat's usual way: with an error page. */
    void inPipeline(Request request, Response response) throws IOException {
        response.setSuspended(false);
        response.reset();
        request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
        setRetryAfter(response);
        response.sendError(status, message);
    }

    /** Instead of whatever the application has written, ready to be sent. */
    void withoutBody(Request request, Response response) {
        response.reset();
        if (request.isAsync() && !HTTP_2.equals(request.getProtocol())) {
            // The application may keep the request open for long: nobody should send the next one behind it.
            response.setHeader("Connection", "close");
        }
        response.getCoyoteResponse().setStatus(status);
        setRetryAfter(response);
        response.setContentLength(0);
    }

    private void setRetryAfter(Response response) {
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
    }
}
