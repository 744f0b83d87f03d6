package dev.holdfast.tomcat;

import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionBindingListener;
import org.apache.catalina.TomcatPrincipal;

/** What is known of a stored attribute without decoding it: whether it wants to hear of the session's life. */
final class AttributeFlags {
    static final int BINDING_LISTENER = 1;
    static final int ACTIVATION_LISTENER = 2;

    /** A principal of a realm's own kind, which Tomcat logs out when its session ends. */
    static final int PRINCIPAL = 4;

    private AttributeFlags() {}

    static int of(Object value) {
        return (value instanceof HttpSessionBindingListener ? BINDING_LISTENER : 0)
                | (value instanceof HttpSessionActivationListener ? ACTIVATION_LISTENER : 0)
                | (value instanceof TomcatPrincipal ? PRINCIPAL : 0);
    }
}
