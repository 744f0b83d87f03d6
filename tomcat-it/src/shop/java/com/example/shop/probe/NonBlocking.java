package com.example.shop.probe;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Carries out the steps in the listeners of non-blocking input and output: those of {@code onData} when the first of the request's
 * body is there, those of {@code do} when all of it is read, or when the response can be written.
 */
final class NonBlocking implements ReadListener, WriteListener {
    private final AsyncContext async;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private boolean begun;

    private NonBlocking(AsyncContext async, HttpServletRequest request, HttpServletResponse response) {
        this.async = async;
        this.request = request;
        this.response = response;
    }

    static void read(AsyncContext async, HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getInputStream().setReadListener(new NonBlocking(async, request, response));
    }

    static void write(AsyncContext async, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getOutputStream().setWriteListener(new NonBlocking(async, request, response));
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream in = request.getInputStream();
        byte[] buffer = new byte[1024];
        while (in.isReady() && in.read(buffer) >= 0) {
            if (!begun) {
                begun = true;
                run("onData");
            }
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        run("do");
        async.complete();
    }

    @Override
    public void onWritePossible() throws IOException {
        run("do");
        async.complete();
    }

    private void run(String parameter) throws IOException {
        try {
            new Steps(request, response).run(parameter);
        } catch (ServletException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void onError(Throwable t) {
        request.getServletContext().log("non-blocking input or output failed", t);
        try {
            async.complete();
        } catch (IllegalStateException e) {
            request.getServletContext().log("completed before", e);
        }
    }
}
