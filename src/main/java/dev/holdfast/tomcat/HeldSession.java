package dev.holdfast.tomcat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.apache.catalina.Session;
import org.apache.catalina.connector.Request;

/**
 * The session that a request has in its hands already, without asking anybody for it. On threads of the application's own, nobody
 * can tell for which request a session was looked up; but the request itself keeps it.
 */
final class HeldSession {
    private static final VarHandle SESSION;

    static {
        try {
            SESSION = MethodHandles.privateLookupIn(Request.class, MethodHandles.lookup())
                    .findVarHandle(Request.class, "session", Session.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(
                    "this version of Tomcat has no Request.session: Holdfast knows Tomcat 10.1 and 11; please use a "
                            + "Holdfast made for your Tomcat",
                    e);
        }
    }

    private HeldSession() {}

    static Optional<HoldfastSession> of(Request request) {
        return SESSION.getVolatile(request) instanceof HoldfastSession session
                ? Optional.of(session)
                : Optional.empty();
    }
}
