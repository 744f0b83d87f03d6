package dev.holdfast.tomcat;

import dev.holdfast.HoldfastException;
import jakarta.servlet.http.Cookie;
import java.util.Arrays;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * A session that could not be looked up before the request had reached its context's pipeline. With parallel deployment the connector
 * asks every version of the application for it; the listeners that are told of each request's beginning may ask too. What they are
 * thrown Tomcat turns into a bare 500. So they are told "not here", and the {@link SessionValve}, to which the request comes next,
 * finds this note on the thread and fails the request: it runs in no version, and least of all in the wrong one with a session
 * made anew.
 *
 * <p>The valve takes each note off its thread. One that a request left which never came to a valve is not taken for another's: it is
 * older than that request, or about an id that it does not bring.
 */
record EarlyFailure(HoldfastException failure, String sessionId, long nanoTime) {
    private static final ThreadLocal<@Nullable EarlyFailure> ON_THIS_THREAD = new ThreadLocal<>();

    static void note(String sessionId, HoldfastException failure) {
        ON_THIS_THREAD.set(new EarlyFailure(failure, sessionId, System.nanoTime()));
    }

    /** Whether one is noted on this thread, of whatever request. */
    static boolean isNoted() {
        return ON_THIS_THREAD.get() != null;
    }

    /** The session was found elsewhere: the request's version is known after all. */
    static void dismiss() {
        ON_THIS_THREAD.remove();
    }

    /** Takes the note off this thread. Empty unless it is about this request. */
    static Optional<HoldfastException> take(Request request) {
        EarlyFailure noted = ON_THIS_THREAD.get();
        if (noted == null) {
            return Optional.empty();
        }
        ON_THIS_THREAD.remove();
        return noted.isAbout(request) ? Optional.of(noted.failure) : Optional.empty();
    }

    private boolean isAbout(Request request) {
        long began = request.getCoyoteRequest().getStartTimeNanos();
        boolean timely = began == -1 || nanoTime - began >= 0;
        return timely && (sessionId.equals(request.getRequestedSessionId()) || isAmong(request.getCookies()));
    }

    /** Of several session cookies the connector tries each, and only the last one stays the requested id. */
    private boolean isAmong(Cookie @Nullable [] cookies) {
        return cookies != null && Arrays.stream(cookies).anyMatch(cookie -> sessionId.equals(cookie.getValue()));
    }
}
