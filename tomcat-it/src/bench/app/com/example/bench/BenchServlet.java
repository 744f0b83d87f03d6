package com.example.bench;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths of the benchmark, over {@code HttpSession}. Each answers with one word and one number, by which the client knows
 * that the session is the right one and as new as it must be.
 *
 * <p>With the system property {@code bench.cart} set to {@code explicit}, the cart is handed to {@code setAttribute} after it
 * was changed: for contestants that do not notice a change in place.
 */
public final class BenchServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final boolean explicit = "explicit".equals(System.getProperty("bench.cart"));

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case "/none" -> answer(response, "none", 0);
            case "/read" -> read(request, response);
            case "/write" -> write(request, response);
            case "/cart" -> cart(request, response);
            case "/new" -> create(request, response);
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = session(request, response);
        if (session == null) {
            return;
        }
        Object page = session.getAttribute(SampleSession.LAST_PAGE);
        Map<?, ?> preferences = (Map<?, ?>) session.getAttribute(SampleSession.PREFERENCES);
        boolean whole = session.getAttribute(SampleSession.USER) != null
                && session.getAttribute(SampleSession.CREDIT) != null
                && preferences.get("theme") != null;
        answer(response, "read", whole ? SampleSession.number(page) : -1);
    }

    private static void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = session(request, response);
        if (session == null) {
            return;
        }
        int number = SampleSession.number(session.getAttribute(SampleSession.LAST_PAGE)) + 1;
        session.setAttribute(SampleSession.LAST_PAGE, SampleSession.page(number));
        answer(response, "write", number);
    }

    private void cart(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = session(request, response);
        if (session == null) {
            return;
        }
        Cart cart = (Cart) session.getAttribute(SampleSession.CART);
        cart.addOne();
        if (explicit) {
            session.setAttribute(SampleSession.CART, cart);
        }
        answer(response, "cart", cart.units());
    }

    private static void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(true);
        SampleSession.attributes().forEach(session::setAttribute);
        answer(response, "new", session.isNew() ? 0 : -1);
    }

    private static @Nullable HttpSession session(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        HttpSession session = request.getSession(false);
        if (session == null) {
            response.sendError(HttpServletResponse.SC_GONE);
        }
        return session;
    }

    /** One word and one number, in plain text. */
    public static void answer(HttpServletResponse response, String word, int number) throws IOException {
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().print(word + " " + number);
    }
}
