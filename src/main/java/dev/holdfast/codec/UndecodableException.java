package dev.holdfast.codec;

import dev.holdfast.HoldfastException;
import org.jspecify.annotations.Nullable;

/**
 * Authentic bytes that this node cannot turn into objects: a class is gone, has changed beyond recognition, or is refused by
 * the class filter. The message names the class, never a value.
 */
public final class UndecodableException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    public UndecodableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
