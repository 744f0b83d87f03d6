package com.example.shop.history;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/**
 * The steps of one request: {@code verb:key:argument}. The first line of the answer says which session was found
 * ({@code none}, {@code fresh}, or its label), each writing step says {@code ok key}, or {@code no key=value} where the value
 * was not the one that it was to follow on, and {@code read} says {@code key=value}.
 */
final class SessionSteps {
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final StringBuilder said = new StringBuilder();
    private HttpSession session;

    SessionSteps(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    void run() throws IOException, ServletException {
        String[] steps = request.getParameterValues("do");
        try {
            boolean starts = steps.length > 0 && steps[0].startsWith("start:");
            session = request.getSession(starts || request.getParameter("create") != null);
            if (starts) {
                session.setMaxInactiveInterval(Integer.parseInt(steps[0].split(":")[2]));
                session.setAttribute(Label.ATTRIBUTE, new Label(steps[0].split(":")[1]));
            }
            if (session == null || session.getAttribute(Label.ATTRIBUTE) == null) {
                say("found=" + (session == null ? "none" : "fresh"));
                return;
            }
            say("found=" + session.getAttribute(Label.ATTRIBUTE));
            for (String step : steps) {
                String[] words = step.split(":", 3);
                take(words[0], words.length > 1 ? words[1] : "", words.length > 2 ? words[2] : "");
            }
        } catch (IllegalStateException e) {
            if (session == null || isAlive()) {
                throw e;
            }
            say("ended");
        }
    }

    /** Another request may end the session at any moment; what a step meets then is no failure. */
    private boolean isAlive() {
        try {
            session.getCreationTime();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void take(String verb, String key, String argument) throws IOException, ServletException {
        switch (verb) {
            case "start" -> {}
            case "increment" -> increment(key, Integer.parseInt(argument));
            case "bump" -> bump(key, Integer.parseInt(argument));
            case "append" -> append(key, Integer.parseInt(argument));
            case "set" -> wrote(key, argument);
            case "large" -> wrote(key, Large.text(Integer.parseInt(argument), 12));
            case "remove" -> {
                session.removeAttribute(key);
                say("ok " + key);
            }
            case "read" -> say(key + "=" + text(session.getAttribute(key)));
            case "zoo" -> Zoo.fill(session, key);
            case "look" -> say("looked " + Zoo.look(session));
            case "rotate" -> say("id=" + request.changeSessionId());
            case "logout" -> {
                session.invalidate();
                say("loggedOut");
            }
            case "pause" -> pause(Integer.parseInt(key));
            case "fill" -> fill(Integer.parseInt(key));
            case "flush" -> response.flushBuffer();
            case "redirect" -> redirect();
            default -> throw new ServletException("no step " + verb);
        }
    }

    private void increment(String key, int before) throws IOException {
        Object value = session.getAttribute(key);
        if (follows(key, value, value == null ? 0 : (Integer) value, before)) {
            wrote(key, before + 1);
        }
    }

    private void bump(String key, int before) throws IOException {
        Box box = (Box) session.getAttribute(key);
        if (follows(key, box, box == null ? 0 : Integer.parseInt(box.toString()), before)) {
            if (box == null) {
                session.setAttribute(key, new Box(1));
            } else {
                box.set(before + 1);
            }
            say("ok " + key);
        }
    }

    private void append(String key, int before) throws IOException {
        Notes notes = (Notes) session.getAttribute(key);
        if (follows(key, notes, notes == null ? 0 : notes.size(), before)) {
            if (notes == null) {
                // Not put there empty: another request of this node would see it so.
                notes = new Notes();
                notes.add(before + 1);
                session.setAttribute(key, notes);
            } else {
                notes.add(before + 1);
            }
            say("ok " + key);
        }
    }

    private boolean follows(String key, Object value, int found, int wanted) throws IOException {
        if (found != wanted) {
            say("no " + key + "=" + text(value));
        }
        return found == wanted;
    }

    private void wrote(String key, Object value) throws IOException {
        session.setAttribute(key, value);
        say("ok " + key);
    }

    private static String text(Object value) {
        if (value == null) {
            return "-";
        }
        String text = value.toString();
        return text.indexOf(';') > 0 ? Large.check(text) : text;
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fill(int bytes) throws IOException {
        for (int i = 0; i < bytes / 64; i++) {
            response.getWriter().print("#".repeat(63) + "\n");
        }
    }

    /** A redirect has no body: what was said goes into a header. */
    private void redirect() throws IOException {
        response.setHeader("X-Said", said.toString());
        response.sendRedirect("elsewhere");
    }

    private void say(String line) throws IOException {
        said.append(line).append('|');
        response.getWriter().print(line + "\n");
    }
}
