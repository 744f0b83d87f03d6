package com.example.shop.probe;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Steps that end, begin or wreck a response in less usual ways. */
final class ResponseSteps {
    private final HttpServletRequest request;
    private final HttpServletResponse response;

    ResponseSteps(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    boolean run(String verb, String name, String value) throws IOException, ServletException {
        switch (verb) {
            case "status" -> response.setStatus(Integer.parseInt(name));
            case "reset" -> response.reset();
            case "close" -> response.getWriter().close();
            case "stream" -> response.getOutputStream().write(lines(name).getBytes(StandardCharsets.US_ASCII));
            case "umlauts" -> response.getWriter().print("\u00e4".repeat(Integer.parseInt(name)));
            case "writeSwallowing" -> writeSwallowing(name);
            case "completeThenSet" -> completeThenSet(name, value);
            case "mark" -> mark(name);
            case "getSwallowing" -> getSwallowing(name);
            case "forwardTo" -> dispatcher(name, value).forward(request, response);
            case "includeOf" -> dispatcher(name, value).include(request, response);
            case "version" -> {
                Object version = request.getServletContext().getAttribute("org.apache.catalina.webappVersion");
                response.getWriter().println("version=" + version);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private RequestDispatcher dispatcher(String context, String path) {
        ServletContext other = request.getServletContext().getContext("/" + context);
        return other.getRequestDispatcher(path);
    }

    private void writeSwallowing(String length) {
        try {
            response.getOutputStream().write(lines(length).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException | RuntimeException e) {
            request.getServletContext().log("the application took no notice of " + e);
        }
    }

    /** Goes on with the session when the client has its answer. */
    private void completeThenSet(String gate, String name) {
        HttpSession session = request.getSession();
        request.getAsyncContext().complete();
        Gates.await(gate);
        session.setAttribute(name, gate);
    }

    /** A value that is changed in place, once it is there. */
    private void mark(String text) {
        HttpSession session = request.getSession();
        StringBuilder marked = (StringBuilder) session.getAttribute("marked");
        if (marked == null) {
            marked = new StringBuilder();
            session.setAttribute("marked", marked);
        }
        marked.setLength(0);
        marked.append(text);
    }

    private void getSwallowing(String name) {
        try {
            request.getSession().getAttribute(name);
        } catch (RuntimeException e) {
            request.getServletContext().log("the application took no notice of " + e);
        }
    }

    private static String lines(String length) {
        return "#".repeat(Integer.parseInt(length) - 1) + "\n";
    }
}
