package dev.holdfast.codec;

import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception thrown by code of the application or the JDK, whose message may quote a value of the session: keeps
 * the class names and the stack traces, drops the messages.
 */
final class Redacted extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int MAX_CAUSES = 8;

    private Redacted(Throwable original, int causesLeft) {
        super(original.getClass().getName(), causeOf(original, causesLeft));
        setStackTrace(original.getStackTrace());
    }

    static Throwable of(Throwable original) {
        return original instanceof Redacted ? original : new Redacted(original, MAX_CAUSES);
    }

    private static @Nullable Throwable causeOf(Throwable original, int causesLeft) {
        Throwable cause = original.getCause();
        return cause == null || causesLeft == 0 ? null : new Redacted(cause, causesLeft - 1);
    }

    /** The exception's class and where it was thrown. */
    static String where(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
