package dev.holdfast.breakage;

/** The product has no longer what a breakage breaks: that breakage would change nothing, and so prove nothing. Adapt it. */
public final class OutdatedBreakageException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    OutdatedBreakageException(String message) {
        super(message);
    }
}
