package dev.holdfast.tomcat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ActionHook;
import org.apache.coyote.CloseNowException;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Breaks an answer off so that no client takes it for complete. Told to close now, Tomcat drops an HTTP/1.1 connection where it
 * stands; HTTP/2 and AJP need help.
 */
final class CutOff {
    private static final String HTTP_2 = "HTTP/2.0";
    private static final String AJP_PROCESSOR = "org.apache.coyote.ajp.AjpProcessor";

    private CutOff() {}

    static void now(ActionHook processor, Response response) {
        if (HTTP_2.equals(response.getRequest().protocol().toString())) {
            resetInsteadOfEnd(response);
        }
        processor.action(ActionCode.CLOSE_NOW, null);
        if (processor.getClass().getName().equals(AJP_PROCESSOR)) {
            Connection.close((AbstractProcessor) processor);
        }
    }

    /**
     * Of a stream that it is told to close now, Tomcat sends the proper end first and the reset afterwards. It asks for trailers right
     * before that end: there it is stopped, by the exception with which Tomcat itself gives up a stream and leaves the others of the
     * connection alone.
     */
    private static void resetInsteadOfEnd(Response response) {
        try {
            response.setTrailerFields(CutOff::noTrailers);
        } catch (IllegalStateException e) {
            // The stream has ended already: there is nothing left to break.
            return;
        }
    }

    private static Map<String, String> noTrailers() {
        throw CutOff.<RuntimeException>asUnchecked(
                new CloseNowException("the session could not be saved: the response must not end as complete"));
    }

    /** Suppliers declare no exceptions; the code of Tomcat that calls this one expects {@code IOException} of itself. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E asUnchecked(Exception e) throws E {
        throw (E) e;
    }

    /** Over AJP, Tomcat forgets at the end of the request that it was to close: a proxy would wait for the rest in vain. */
    private static final class Connection {
        private static final VarHandle SOCKET;

        static {
            try {
                SOCKET = MethodHandles.privateLookupIn(AbstractProcessor.class, MethodHandles.lookup())
                        .findVarHandle(AbstractProcessor.class, "socketWrapper", SocketWrapperBase.class);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(
                        "this version of Tomcat has no AbstractProcessor.socketWrapper: Holdfast knows Tomcat 10.1 and 11",
                        e);
            }
        }

        static void close(AbstractProcessor processor) {
            if (SOCKET.getVolatile(processor) instanceof SocketWrapperBase<?> socket) {
                socket.close();
            }
        }
    }
}
