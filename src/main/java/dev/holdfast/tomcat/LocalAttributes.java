package dev.holdfast.tomcat;

import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.Set;
import org.apache.juli.logging.Log;
import org.apache.tomcat.util.ExceptionUtils;

/**
 * Attributes of Tomcat's own that mean something on one node only. Its WebSocket container notes in the session, under this name, by
 * which key it knows the session's open sockets, and closes them when the note is unbound from a session that has ended. Stored, the
 * note would overwrite that of another node, and the sockets here would outlive a logout there.
 */
final class LocalAttributes {
    private static final Set<String> NAMES = Set.of("org.apache.tomcat.websocket.server.WsHttpSessionBindingListener");

    private LocalAttributes() {}

    static boolean contains(String attribute) {
        return NAMES.contains(attribute);
    }

    /** Tells those of a session that has ended elsewhere; whoever ended it has told all others. */
    static void unbind(HoldfastSession session, Log log) {
        for (String name : NAMES) {
            if (session.copy().attributes().remove(name) instanceof HttpSessionBindingListener listener) {
                try {
                    listener.valueUnbound(new HttpSessionBindingEvent(session.getSession(), name, listener));
                } catch (Throwable t) {
                    ExceptionUtils.handleThrowable(t);
                    log.error(
                            "closing the WebSockets of session "
                                    + session.copy().logName() + " failed",
                            t);
                }
            }
        }
    }
}
