package com.example.shop.history;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries out the {@code do} parameters, one after the other ({@link SessionSteps} has the list). With {@code mode=async} on
 * another thread, ended by {@code complete()}; with {@code mode=dispatch} in an asynchronous dispatch back to here. With
 * {@code mode=busy} it only says how many requests run at this moment, itself included.
 */
public final class HistoryServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final long ASYNC_TIMEOUT_MILLIS = 60_000;

    private static final AtomicInteger BUSY = new AtomicInteger();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        BUSY.incrementAndGet();
        try {
            serve(request, response);
        } finally {
            BUSY.decrementAndGet();
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        String mode = request.getParameter("mode");
        boolean first = request.getDispatcherType() != DispatcherType.ASYNC;
        if (first) {
            response.setContentType("text/plain;charset=US-ASCII");
        }
        if ("busy".equals(mode)) {
            response.getWriter().println("busy=" + BUSY.get());
        } else if (mode == null || !first) {
            new SessionSteps(request, response).run();
        } else {
            begin(mode, request.startAsync());
        }
    }

    private void begin(String mode, AsyncContext async) {
        async.setTimeout(ASYNC_TIMEOUT_MILLIS);
        if (mode.equals("dispatch")) {
            async.dispatch();
        } else {
            BUSY.incrementAndGet();
            async.start(() -> complete(async));
        }
    }

    private void complete(AsyncContext async) {
        try {
            new SessionSteps((HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse()).run();
        } catch (IOException | ServletException | RuntimeException e) {
            log("a step failed", e);
            fail((HttpServletResponse) async.getResponse());
        } finally {
            async.complete();
            BUSY.decrementAndGet();
        }
    }

    private void fail(HttpServletResponse response) {
        try {
            if (!response.isCommitted()) {
                response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
        } catch (IOException | RuntimeException e) {
            log("nor could that be said", e);
        }
    }
}
