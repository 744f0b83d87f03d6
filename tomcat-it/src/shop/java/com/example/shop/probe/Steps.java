package com.example.shop.probe;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** The steps of one request to the probe: {@code verb}, {@code verb:argument}, {@code verb:argument:argument}. */
final class Steps {
    private final HttpServletRequest request;
    private final HttpServletResponse response;

    /** @param response {@code null} where there is none to write to */
    Steps(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    void run() throws IOException, ServletException {
        run("do");
    }

    /** Carries out the steps of this request parameter. */
    void run(String parameter) throws IOException, ServletException {
        String[] steps = request.getParameterValues(parameter);
        for (String step : steps == null ? new String[0] : steps) {
            String[] words = step.split(":", 3);
            String name = words.length > 1 ? words[1] : "";
            String value = words.length > 2 ? words[2] : "";
            if (!toResponse(words[0], name, value)
                    && !toSession(words[0], name, value)
                    && !new ResponseSteps(request, response).run(words[0], name, value)) {
                throw new ServletException("the probe knows no step " + step);
            }
        }
    }

    private boolean toResponse(String verb, String name, String value) throws IOException, ServletException {
        switch (verb) {
            case "write" -> response.getWriter().print("#".repeat(Integer.parseInt(name) - 1) + "\n");
            case "length" -> response.setContentLength(Integer.parseInt(name));
            case "header" -> response.setHeader(name, value);
            case "flush" -> response.flushBuffer();
            case "flushSwallowing" -> flushSwallowing();
            case "redirect" -> response.sendRedirect(name);
            case "error" -> response.sendError(Integer.parseInt(name));
            case "throw" -> throw new ServletException("asked to fail");
            case "login" -> request.login(name, value);
            case "logout" -> request.logout();
            case "forward" -> request.getRequestDispatcher(name).forward(request, response);
            case "await" -> Gates.await(name);
            case "open" -> Gates.open(name);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** As an application that catches everything does. */
    private void flushSwallowing() {
        try {
            response.flushBuffer();
        } catch (IOException | RuntimeException e) {
            request.getServletContext().log("the application took no notice of " + e);
        }
    }

    private boolean toSession(String verb, String name, String value) throws IOException, ServletException {
        switch (verb) {
            case "get" -> say(name + "=" + text(session().getAttribute(name)));
            case "set" -> session().setAttribute(name, value);
            case "remove" -> session().removeAttribute(name);
            case "names" -> say("names=" + String.join(",", Values.names(session())));
            case "count" -> say(name + "=" + Values.count(session(), name));
            case "append" -> Values.append(session(), name, value);
            case "hold" -> request.setAttribute("held", session().getAttribute(name));
            case "appendToHeld" -> Values.appendTo(request.getAttribute("held"), name);
            case "make" -> session().setAttribute(name, Catalog.make(value));
            case "describe" -> say(name + "=" + describe(session().getAttribute(name)));
            case "kinds" -> say("kinds=" + String.join(",", Catalog.kinds()));
            case "share" -> Values.share(session(), name, value);
            case "id" -> say("id=" + session().getId());
            case "new" -> say("new=" + session().isNew());
            case "rotate" -> say("id=" + request.changeSessionId());
            case "invalidate" -> session().invalidate();
            case "timeout" -> session().setMaxInactiveInterval(Integer.parseInt(name));
            case "getTimeout" -> say("timeout=" + session().getMaxInactiveInterval());
            case "created" -> say("created=" + session().getCreationTime());
            case "exists" -> say("exists=" + (request.getSession(false) != null));
            case "valid" -> say("valid=" + request.isRequestedSessionIdValid());
            case "user" -> say("user=" + request.getRemoteUser());
            case "role" -> say("role=" + request.isUserInRole(name));
            case "auth" -> say("auth=" + request.getAuthType());
            case "nothing" -> say("nothing");
            default -> {
                return false;
            }
        }
        return true;
    }

    private HttpSession session() {
        return request.getSession();
    }

    private static String text(Object value) {
        return value == null ? "(none)" : value.toString();
    }

    private static String describe(Object value) {
        return value == null ? "(none)" : Catalog.describe(value);
    }

    private void say(String line) throws IOException {
        if (response != null) {
            response.getWriter().println(line);
        }
    }
}
