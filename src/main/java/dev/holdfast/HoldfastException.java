package dev.holdfast;

import org.jspecify.annotations.Nullable;

/**
 * The base of every failure Holdfast reports. The leaves say which of the three things that must never be confused has
 * happened: the database is unavailable, the bytes are not authentic, or the bytes cannot be decoded.
 *
 * <p>Messages name the operation and a shortened id hash. They never carry a session id, a payload or key material.
 */
public class HoldfastException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HoldfastException(String message) {
        super(message);
    }

    public HoldfastException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
