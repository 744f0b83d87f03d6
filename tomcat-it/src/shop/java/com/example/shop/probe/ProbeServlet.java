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
 * answers with one line for each. With {@code mode=async} on a thread of the container's, ended by {@code complete()}; with
 * {@code mode=own} on one of the application's own; with {@code mode=dispatch} in an asynchronous dispatch back to this servlet;
 * with {@code mode=read} and {@code mode=write} in the listeners of non-blocking input and output; with {@code mode=timeout} in the
 * error page of a request that nobody completed.
 */
public class ProbeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final long ASYNC_TIMEOUT_MILLIS = 60_000;
    private static final long SHORT_TIMEOUT_MILLIS = 50;

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
        switch (mode) {
            case "dispatch" -> async.dispatch();
            case "read" -> NonBlocking.read(async, request, response);
            case "write" -> NonBlocking.write(async, request, response);
            case "own" -> new Thread(() -> complete(async)).start();
            case "timeout" -> async.setTimeout(SHORT_TIMEOUT_MILLIS);
            default -> async.start(() -> complete(async));
        }
    }

    private void complete(AsyncContext async) {
        try {
            new Steps((HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse()).run();
        } catch (IOException | ServletException | RuntimeException e) {
            log("a step failed", e);
        } finally {
            try {
                async.complete();
            } catch (IllegalStateException e) {
                log("completed before", e);
            }
        }
    }
}
