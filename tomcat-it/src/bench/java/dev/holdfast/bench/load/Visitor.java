package dev.holdfast.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user with a session: the cookie, and what the session must contain by now. One request at a time; not safe for use by
 * several threads.
 */
public final class Visitor {
    /** What the sample session's cart has at first. */
    private static final int FIRST_UNITS = 10;

    private @Nullable String cookie;
    private int page;
    private int units = FIRST_UNITS;
    private final Map<Path, byte[]> requests = new EnumMap<>(Path.class);

    /** Whether a session was begun. */
    public boolean hasSession() {
        return cookie != null;
    }

    /** The name and value of the cookie. */
    public String cookie() {
        String current = cookie;
        if (current == null) {
            throw new IllegalStateException("no session yet");
        }
        return current;
    }

    byte[] request(Path path) {
        return requests.computeIfAbsent(path, this::write);
    }

    private byte[] write(Path path) {
        // a new session is what a user without a cookie gets
        String header = cookie == null || path == Path.NEW ? "" : "Cookie: " + cookie + "\r\n";
        String text = "GET /bench/" + path.key() + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Holds an answer to what it must be, and remembers what it changed. */
    void verify(Path path, Reply reply) {
        if (reply.status() != 200) {
            throw new WrongAnswer(path.key() + " was answered with status " + reply.status());
        }
        int expected =
                switch (path) {
                    case NONE, NEW -> 0;
                    case READ -> page;
                    case WRITE -> ++page;
                    case CART -> ++units;
                };
        if (!reply.isWordAndNumber(path.key(), expected)) {
            throw new WrongAnswer(path.key() + " was answered with \"" + reply.body() + "\" instead of " + path.key()
                    + " " + expected);
        }
        if (path == Path.NEW) {
            if (reply.cookie() == null) {
                throw new WrongAnswer("a new session came without a cookie");
            }
        } else if (reply.cookie() != null) {
            throw new WrongAnswer(path.key() + " was answered with another cookie: the session was lost");
        }
    }

    /** From now on this is the user's session, with its first contents. */
    void begin(String newCookie) {
        cookie = newCookie;
        page = 0;
        units = FIRST_UNITS;
        requests.clear();
    }
}
