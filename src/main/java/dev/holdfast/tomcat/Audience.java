package dev.holdfast.tomcat;

import dev.holdfast.session.Farewell;
import dev.holdfast.session.SessionCopy;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.session.StandardSession;
import org.apache.tomcat.util.ExceptionUtils;

/**
 * Who has to be told of an expired session: the application's listeners, if it has any, and values that want to know when they are
 * unbound. Tomcat's own container listeners hear of it only through these. Safe for use by many threads.
 */
final class Audience implements Farewell {
    /** Tomcat's own listener, which is in every application: closes the session's WebSockets here, asking for the id alone. */
    private static final String WEB_SOCKETS = "org.apache.tomcat.websocket.server.WsSessionListener";

    private final PostgresSessionManager manager;

    Audience(PostgresSessionManager manager) {
        this.manager = manager;
    }

    @Override
    public boolean isAwaited(int flags) {
        Context context = manager.getContext();
        return (flags & ~AttributeFlags.ACTIVATION_LISTENER) != 0
                || listeners(context.getApplicationLifecycleListeners())
                        .anyMatch(listener -> listener instanceof HttpSessionListener && !isOfWebSockets(listener))
                || listeners(context.getApplicationEventListeners())
                        .anyMatch(HttpSessionAttributeListener.class::isInstance);
    }

    @Override
    public void tell(SessionCopy copy) {
        try {
            ((HoldfastSession) copy.container()).expireClaimed();
        } catch (Throwable t) {
            ExceptionUtils.handleThrowable(t);
            manager.log().error(manager.prefix() + "a listener failed while session " + copy.logName() + " expired", t);
        }
    }

    /** What is left of Tomcat's own ending of a session: its figures, and its WebSockets. */
    @Override
    public void passUntold(String sessionId, Instant createdAt) {
        try {
            pass(sessionId, createdAt);
        } catch (Throwable t) {
            ExceptionUtils.handleThrowable(t);
            manager.log().error(manager.prefix() + "closing the WebSockets of an expired session failed", t);
        }
    }

    private void pass(String sessionId, Instant createdAt) {
        StandardSession shadow = new StandardSession(null);
        shadow.setCreationTime(createdAt.toEpochMilli());
        shadow.setId(sessionId, false);
        manager.remove(shadow, true);
        listeners(manager.getContext().getApplicationLifecycleListeners())
                .filter(Audience::isOfWebSockets)
                .forEach(listener ->
                        ((HttpSessionListener) listener).sessionDestroyed(new HttpSessionEvent(shadow.getSession())));
    }

    private static boolean isOfWebSockets(Object listener) {
        return listener.getClass().getName().equals(WEB_SOCKETS);
    }

    private static Stream<Object> listeners(Object[] registered) {
        return registered == null ? Stream.empty() : Arrays.stream(registered).filter(Objects::nonNull);
    }
}
