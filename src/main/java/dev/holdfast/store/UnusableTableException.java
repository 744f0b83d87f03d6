package dev.holdfast.store;

import dev.holdfast.HoldfastException;
import org.jspecify.annotations.Nullable;

/**
 * The database answers, but the table cannot be used: it is missing and not ours to make, it is some other table, or the
 * role lacks rights on it. Waiting does not mend this; the message says what does.
 */
public final class UnusableTableException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    public UnusableTableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
