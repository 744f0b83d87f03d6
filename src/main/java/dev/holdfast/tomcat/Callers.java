package dev.holdfast.tomcat;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import org.apache.catalina.authenticator.AuthenticatorBase;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.catalina.connector.Request;
import org.apache.catalina.core.StandardContext;

/**
 * On whose behalf Tomcat looks for a session: {@code Manager.findSession} does not say. Looks at the few frames above this package,
 * which takes about a microsecond; a Tomcat that calls in another way is not recognised, and costs what it costs.
 */
final class Callers {
    private static final StackWalker WALKER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
    private static final String HERE = Callers.class.getPackageName();

    private Callers() {}

    /**
     * Whether this is the authenticator's look for a principal that begins every request; not what it does for a login or logout,
     * and not what the application, or a valve behind the authenticator, asks for.
     */
    static boolean areTheAuthenticatorsLook() {
        return WALKER.walk(frames -> {
            Iterator<StackFrame> above = frames.dropWhile(Callers::isHere).iterator();
            return isNext(above, Request.class, "doGetSession")
                    && isNext(above, Request.class, "getSessionInternal")
                    && isNext(above, AuthenticatorBase.class, "invoke");
        });
    }

    /** Whether the connector asks, which has not yet found out to which application the request belongs. */
    static boolean areTheConnector() {
        return WALKER.walk(frames -> frames.dropWhile(Callers::isHere)
                .limit(2)
                .anyMatch(frame -> frame.getDeclaringClass() == CoyoteAdapter.class));
    }

    /** Whether a listener asks that is told of a request before any valve of its context sees it. Looks at the whole stack. */
    static boolean areRequestListeners() {
        return WALKER.walk(frames -> frames.anyMatch(frame -> frame.getDeclaringClass() == StandardContext.class
                && frame.getMethodName().equals("fireRequestInitEvent")));
    }

    private static boolean isHere(StackFrame frame) {
        return frame.getDeclaringClass().getPackageName().equals(HERE);
    }

    private static boolean isNext(Iterator<StackFrame> above, Class<?> declaring, String method) {
        if (!above.hasNext()) {
            return false;
        }
        StackFrame frame = above.next();
        return frame.getDeclaringClass() == declaring && frame.getMethodName().equals(method);
    }
}
