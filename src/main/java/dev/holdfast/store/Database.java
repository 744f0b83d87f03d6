package dev.holdfast.store;

import dev.holdfast.HoldfastException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements, and decides what to do when one fails:
 *
 * <ul>
 *   <li>What certainly had no effect (no connection, deadlock, serialization failure, a read-only server) is repeated.
 *   <li>A read whose connection turned out dead is repeated on another one; one that took too long is not. So is a touch,
 *       which may as well happen twice.
 *   <li>Any other write whose answer was lost may have happened: it is never repeated here.
 *   <li>All else, and the last attempt, ends in {@link StoreUnavailableException}.
 * </ul>
 *
 * <p>Safe for use by many threads.
 */
final class Database {
    private static final int ATTEMPTS = 3;

    private final ConnectionSource source;

    Database(ConnectionSource source) {
        this.source = source;
    }

    /** Statements on one connection. May be run again from its beginning. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Runs what changes nothing, or may as well happen twice, each statement by itself. */
    <T> T read(String operation, @Nullable IdHash id, Work<T> work) {
        return run(new Task(operation, id, true), work);
    }

    /** Runs what changes something, each statement committed by itself. */
    <T> T write(String operation, @Nullable IdHash id, Work<T> work) {
        return run(new Task(operation, id, false), work);
    }

    /** Runs what happens as a whole or not at all. */
    <T> T transaction(String operation, @Nullable IdHash id, Work<T> work) {
        return run(new Task(operation, id, false), connection -> inTransaction(connection, work));
    }

    private <T> T run(Task task, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            Lease lease = new Lease(borrow(task));
            boolean usable = false;
            try {
                T result = work.on(source.bare(lease.inAutocommit()));
                usable = true;
                return result;
            } catch (SQLException e) {
                Diagnosis diagnosis = new Diagnosis(e);
                usable = !diagnosis.connectionLost();
                if (attempt == ATTEMPTS || !task.mayRepeatAfter(diagnosis)) {
                    throw task.failed(e);
                }
            } catch (HoldfastException e) {
                // our own verdict; whatever else is thrown may have left the conversation with the server half done
                usable = true;
                throw e;
            } finally {
                lease.end(usable);
            }
        }
    }

    private Connection borrow(Task task) {
        try {
            return source.borrow();
        } catch (SQLException e) {
            throw task.failed(e);
        }
    }

    /** A container's pool may hand out connections that wait for a commit; it gets them back as they were. */
    private final class Lease {
        private final Connection connection;
        private boolean autocommitBefore = true;

        Lease(Connection connection) {
            this.connection = connection;
        }

        Connection inAutocommit() throws SQLException {
            autocommitBefore = connection.getAutoCommit();
            if (!autocommitBefore) {
                connection.setAutoCommit(true);
            }
            return connection;
        }

        /** The outcome of the work is known by now: nothing that goes wrong here changes it. */
        void end(boolean usable) {
            if (!usable) {
                source.discard(connection);
                return;
            }
            try {
                if (!autocommitBefore) {
                    connection.setAutoCommit(false);
                }
                connection.close();
            } catch (SQLException e) {
                source.discard(connection);
            }
        }
    }

    private static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            T result = work.on(connection);
            connection.commit();
            committed = true;
            return result;
        } finally {
            if (committed || rolledBack(connection)) {
                connection.setAutoCommit(true);
            }
        }
    }

    /**
     * Switching autocommit on would commit: so a connection that cannot roll back is cut off, and its transaction dies with
     * it in the database.
     */
    private static boolean rolledBack(Connection connection) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException e) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException alreadyGone) {
                // then so is the transaction
            }
            return false;
        }
    }

    /** What the database said, for one of several sessions that were asked for together. */
    static StoreUnavailableException failed(String operation, IdHash id, SQLException cause) {
        return new Task(operation, id, false).failed(cause);
    }

    /** What the database said, if this failure comes from it. */
    static Optional<SQLException> causeOf(Throwable failure) {
        return failure instanceof StoreUnavailableException && failure.getCause() instanceof SQLException cause
                ? Optional.of(cause)
                : Optional.empty();
    }

    /** What is being done, for the message and for the decision about a second try. */
    private record Task(String operation, @Nullable IdHash id, boolean readOnly) {
        boolean mayRepeatAfter(Diagnosis diagnosis) {
            return diagnosis.undone() || (readOnly && diagnosis.connectionLost() && !diagnosis.timedOut());
        }

        StoreUnavailableException failed(SQLException cause) {
            String what = id == null ? operation : operation + " of session " + id;
            return new StoreUnavailableException(what + " failed: " + new Diagnosis(cause).reason(), cause);
        }
    }
}
