package dev.holdfast.store;

import dev.holdfast.HoldfastException;
import org.jspecify.annotations.Nullable;

/**
 * The database could not be asked, or its answer was lost: the operation may or may not have happened. It says nothing
 * about whether a session exists.
 */
public final class StoreUnavailableException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
