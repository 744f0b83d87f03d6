package dev.holdfast.session;

import dev.holdfast.HoldfastException;

/** A session has outgrown {@code maxSessionBytes}. It was not saved; the row is as it was before this request. */
public final class SessionTooLargeException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    SessionTooLargeException(String message) {
        super(message);
    }
}
