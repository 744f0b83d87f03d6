package com.example.bench.floor;

import com.example.bench.BenchServlet;
import com.example.bench.Cart;
import com.example.bench.SampleSession;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The paths of the benchmark without any session manager: a cookie, one row read by its key, opened, decoded; for a change
 * encoded, sealed and written back whole.
 */
public final class FloorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String COOKIE = "FLOOR";

    private final transient SecureRandom random = new SecureRandom();
    private final transient FloorCipher cipher =
            new FloorCipher(HexFormat.of().parseHex(System.getProperty("bench.floor.key")));
    private transient @Nullable FloorStore store;

    @Override
    public void init() throws ServletException {
        try {
            store = new FloorStore(InitialContext.doLookup("java:comp/env/jdbc/sessions"));
        } catch (NamingException e) {
            throw new ServletException(e);
        }
    }

    /** A session as it was read. */
    private record Loaded(byte[] id, long revision, Map<String, Object> attributes) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            switch (request.getServletPath()) {
                case "/none" -> BenchServlet.answer(response, "none", 0);
                case "/read" -> read(load(request), response);
                case "/write" -> write(load(request), response);
                case "/cart" -> cart(load(request), response);
                case "/new" -> create(response);
                default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    private static void read(@Nullable Loaded session, HttpServletResponse response) throws IOException {
        if (session == null) {
            response.sendError(HttpServletResponse.SC_GONE);
            return;
        }
        Map<String, Object> attributes = session.attributes();
        Object page = attributes.get(SampleSession.LAST_PAGE);
        Map<?, ?> preferences = (Map<?, ?>) attributes.get(SampleSession.PREFERENCES);
        boolean whole = attributes.get(SampleSession.USER) != null
                && attributes.get(SampleSession.CREDIT) != null
                && preferences.get("theme") != null;
        BenchServlet.answer(response, "read", whole ? SampleSession.number(page) : -1);
    }

    private void write(@Nullable Loaded session, HttpServletResponse response) throws IOException, SQLException {
        if (session == null) {
            response.sendError(HttpServletResponse.SC_GONE);
            return;
        }
        int number = SampleSession.number(session.attributes().get(SampleSession.LAST_PAGE)) + 1;
        session.attributes().put(SampleSession.LAST_PAGE, SampleSession.page(number));
        save(session);
        BenchServlet.answer(response, "write", number);
    }

    private void cart(@Nullable Loaded session, HttpServletResponse response) throws IOException, SQLException {
        if (session == null) {
            response.sendError(HttpServletResponse.SC_GONE);
            return;
        }
        Cart cart = (Cart) session.attributes().get(SampleSession.CART);
        cart.addOne();
        save(session);
        BenchServlet.answer(response, "cart", cart.units());
    }

    private void create(HttpServletResponse response) throws IOException, SQLException {
        byte[] id = new byte[16];
        random.nextBytes(id);
        byte[] data = cipher.seal(FloorCodec.encode(SampleSession.attributes()), id);
        store().create(id, new FloorStore.Row(revision(), data));
        Cookie cookie = new Cookie(COOKIE, HexFormat.of().formatHex(id));
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        response.addCookie(cookie);
        BenchServlet.answer(response, "new", 0);
    }

    private @Nullable Loaded load(HttpServletRequest request) throws SQLException {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return null;
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(COOKIE)) {
                byte[] id = HexFormat.of().parseHex(cookie.getValue());
                FloorStore.Row row = store().load(id);
                return row == null
                        ? null
                        : new Loaded(id, row.revision(), FloorCodec.decode(cipher.open(row.data(), id)));
            }
        }
        return null;
    }

    private void save(Loaded session) throws SQLException {
        byte[] data = cipher.seal(FloorCodec.encode(session.attributes()), session.id());
        if (!store().save(session.id(), session.revision(), new FloorStore.Row(revision(), data))) {
            throw new SQLException("changed elsewhere");
        }
    }

    private FloorStore store() {
        FloorStore current = store;
        if (current == null) {
            throw new IllegalStateException("not initialized");
        }
        return current;
    }

    private static long revision() {
        return ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    }
}
