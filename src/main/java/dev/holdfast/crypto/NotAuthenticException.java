package dev.holdfast.crypto;

import dev.holdfast.HoldfastException;
import org.jspecify.annotations.Nullable;

/**
 * Sealed bytes did not open: they were changed, cut off or moved from elsewhere, or sealed with a key that is not in the
 * key ring. The message says which of these can be told apart, and never what the bytes are.
 */
public final class NotAuthenticException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    public NotAuthenticException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
