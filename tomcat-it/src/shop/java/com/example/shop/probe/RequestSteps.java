package com.example.shop.probe;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Carries out the request's {@code first} steps before any servlet or filter, and its {@code last} ones after all of them. */
public class RequestSteps implements ServletRequestListener {
    @Override
    public void requestInitialized(ServletRequestEvent event) {
        run(event, "first");
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        run(event, "last");
    }

    private static void run(ServletRequestEvent event, String parameter) {
        try {
            new Steps((HttpServletRequest) event.getServletRequest(), null).run(parameter);
        } catch (IOException | ServletException e) {
            throw new IllegalStateException(e);
        }
    }
}
