package dev.holdfast.store;

import java.sql.SQLTransientConnectionException;

/** Every connection of the pool was in use for as long as one may wait. */
final class NoFreeConnectionException extends SQLTransientConnectionException {
    private static final long serialVersionUID = 1L;

    NoFreeConnectionException(String message) {
        super(message);
    }
}
