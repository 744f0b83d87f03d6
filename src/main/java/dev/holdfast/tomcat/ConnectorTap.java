package dev.holdfast.tomcat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.apache.coyote.ActionHook;
import org.apache.coyote.OutputBuffer;
import org.apache.coyote.Request;
import org.apache.coyote.Response;

/**
 * The three fields of Tomcat's connector through which everything passes between a request and its protocol: the action hooks of
 * request and response, and the buffer that takes the body. They are for Tomcat's own eyes, and there is no other place that sees
 * every byte off: over AJP, a full buffer sends the header without telling the hook.
 */
final class ConnectorTap {
    private static final VarHandle REQUEST_HOOK = field(Request.class, "hook", ActionHook.class);
    private static final VarHandle RESPONSE_HOOK = field(Response.class, "hook", ActionHook.class);
    private static final VarHandle BODY = field(Response.class, "outputBuffer", OutputBuffer.class);

    private final Request request;
    private final Response response;
    private final ActionHook requestHook;
    private final ActionHook responseHook;
    private final OutputBuffer body;

    private ConnectorTap(
            Request request, Response response, ActionHook requestHook, ActionHook responseHook, OutputBuffer body) {
        this.request = request;
        this.response = response;
        this.requestHook = requestHook;
        this.responseHook = responseHook;
        this.body = body;
    }

    private static VarHandle field(Class<?> owner, String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(
                    "this version of Tomcat has no " + owner.getName() + "." + name
                            + ": Holdfast knows Tomcat 10.1 and 11; please use a Holdfast made for your Tomcat",
                    e);
        }
    }

    /** What stands there now. A barrier that a broken-off request has left is ended first. */
    static ConnectorTap on(Request request, Response response) {
        if (RESPONSE_HOOK.getVolatile(response) instanceof CommitBarrier stale) {
            stale.end();
        }
        return new ConnectorTap(
                request,
                response,
                (ActionHook) REQUEST_HOOK.getVolatile(request),
                (ActionHook) RESPONSE_HOOK.getVolatile(response),
                (OutputBuffer) BODY.getVolatile(response));
    }

    /** Tomcat's own receiver of actions. */
    ActionHook processor() {
        return responseHook;
    }

    void open(ActionHook barrier, OutputBuffer gate) {
        REQUEST_HOOK.setVolatile(request, barrier);
        RESPONSE_HOOK.setVolatile(response, barrier);
        BODY.setVolatile(response, gate);
    }

    /** Puts back what stood there, unless something else has come since. Idempotent. */
    void close(ActionHook barrier, OutputBuffer gate) {
        REQUEST_HOOK.compareAndSet(request, barrier, requestHook);
        RESPONSE_HOOK.compareAndSet(response, barrier, responseHook);
        BODY.compareAndSet(response, gate, body);
    }

    /** Tomcat's own taker of the body. */
    OutputBuffer body() {
        return body;
    }
}
