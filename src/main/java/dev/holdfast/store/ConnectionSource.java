package dev.holdfast.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Where connections come from. Safe for use by many threads. */
sealed interface ConnectionSource extends AutoCloseable permits OwnPool, JndiSource {
    /**
     * A connection that {@link Connection#close} gives back.
     *
     * @throws NoFreeConnectionException if none became free in time
     * @throws SQLException if none can be had
     */
    Connection borrow() throws SQLException;

    /**
     * Like {@link #borrow}, but waits no longer than this for one that others hold, where the source is ours; and where
     * all stay in use, opens one beside the pool.
     */
    Borrowed borrowImpatiently(Duration patience) throws SQLException;

    /** Ends this connection instead of giving it back, and those beside it that may have died with it. */
    void discard(Connection connection);

    /** Closes what has been idle for long. */
    void trim();

    /** The driver's own connection, where it is known: what a pool wraps around each statement for its own ends costs time. */
    default Connection bare(Connection borrowed) {
        return borrowed;
    }

    /** Closes what is idle; what is in use is closed as it comes back. Idempotent. */
    @Override
    void close();

    /**
     * A connection for {@link HealthProbe}.
     *
     * @param exhausted whether all others are in use
     */
    record Borrowed(Connection connection, boolean exhausted) {}
}
