package com.example.shop.probe;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Carries out the steps of the request's {@code do} parameters, one after the other ({@link Steps} has the list), and
 * answers with one line for each. With {@code mode=async} on another thread, ended by {@code complete()}; with
 * {@code mode=dispatch} in an asynchronous dispatch back to this servlet.
 */
public class ProbeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final long ASYNC_TIMEOUT_MILLIS = 60_000;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String mode = request.getParameter("mode");
        boolean first = request.getDispatcherType() != DispatcherType.ASYNC;
        if (first) {
            response.setContentType("text/plain;charset=UTF-8");
        }
        if (mode == null || !first) {
            new Steps(request, response).run();
            return;
        }
        AsyncContext async = request.startAsync();
        async.setTimeout(ASYNC_TIMEOUT_MILLIS);
        if (mode.equals("dispatch")) {
            async.dispatch();
        } else {
            async.start(() -> complete(async));
        }
    }

    private void complete(AsyncContext async) {
        try {
            new Steps((HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse()).run();
        } catch (IOException | ServletException | RuntimeException e) {
            log("a step failed", e);
        } finally {
            async.complete();
        }
    }
}
