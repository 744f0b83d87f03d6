package dev.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Writes single rows by key and revision, and finds out why a row was not written. Holds no connection. */
final class RowWriter {
    /**
     * More hops than a client can cause within the life of a tombstone; a chain this long is reported, not taken for its
     * end.
     */
    private static final int MAX_HOPS = 1_000;

    private final String app;
    private final Sql sql;

    RowWriter(String app, Sql sql) {
        this.app = app;
        this.sql = sql;
    }

    String app() {
        return app;
    }

    CreateResult create(Connection connection, NewSession session) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.create)) {
            bindNew(statement, session);
            statement.setInt(5, session.maxInactiveSeconds());
            Rows.bindTimeout(statement, 6, session.maxInactiveSeconds());
            return statement.executeUpdate() == 1 ? CreateResult.CREATED : CreateResult.EXISTS;
        }
    }

    SaveResult save(Connection connection, IdHash id, long expectedRevision, SessionChange change) throws SQLException {
        return update(connection, id, expectedRevision, change) ? new SaveResult.Saved() : whyNot(connection, id);
    }

    private static int bindContents(PreparedStatement statement, SessionChange change) throws SQLException {
        statement.setLong(1, change.newRevision());
        Rows.bindNullable(statement, 2, change.base());
        Rows.bindNullable(statement, 3, change.delta());
        return 4;
    }

    private boolean update(Connection connection, IdHash id, long expectedRevision, SessionChange change)
            throws SQLException {
        boolean newTimeout = change.maxInactiveSeconds().isPresent();
        String text = newTimeout ? sql.saveTimeout : change.touch() ? sql.saveTouching : sql.save;
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            int next = bindContents(statement, change);
            if (newTimeout) {
                int timeout = change.maxInactiveSeconds().getAsInt();
                statement.setInt(next++, timeout);
                Rows.bindTimeout(statement, next, timeout);
                next += Sql.EXPIRY_PARAMETERS;
            }
            statement.setBytes(next++, id.bytes());
            statement.setLong(next, expectedRevision);
            return statement.executeUpdate() == 1;
        }
    }

    /**
     * Both statements belong into one transaction. The old row is locked first, so of two rotations at once the second
     * waits and then finds a tombstone.
     *
     * @return empty if the successor's id is in use: the transaction is rolled back
     */
    Optional<SaveResult> cycle(Connection connection, IdHash old, long expectedRevision, NewSession successor)
            throws SQLException {
        Optional<OffsetDateTime> createdAt = bury(connection, old, expectedRevision, successor);
        if (createdAt.isEmpty()) {
            return Optional.of(whyNot(connection, old));
        }
        if (!succeed(connection, createdAt.get(), successor)) {
            connection.rollback();
            return Optional.empty();
        }
        return Optional.of(new SaveResult.Saved());
    }

    private Optional<OffsetDateTime> bury(
            Connection connection, IdHash old, long expectedRevision, NewSession successor) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.bury)) {
            statement.setLong(1, successor.revision());
            statement.setBytes(2, successor.idHash().bytes());
            statement.setDouble(3, Rows.seconds(SessionStore.TOMBSTONE_LIFETIME));
            statement.setBytes(4, old.bytes());
            statement.setLong(5, expectedRevision);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, OffsetDateTime.class)) : Optional.empty();
            }
        }
    }

    private boolean succeed(Connection connection, OffsetDateTime createdAt, NewSession successor) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.succeed)) {
            bindNew(statement, successor);
            Rows.bindNullable(statement, 5, successor.delta());
            statement.setObject(6, createdAt);
            statement.setInt(7, successor.maxInactiveSeconds());
            Rows.bindTimeout(statement, 8, successor.maxInactiveSeconds());
            return statement.executeUpdate() == 1;
        }
    }

    private void bindNew(PreparedStatement statement, NewSession session) throws SQLException {
        statement.setBytes(1, session.idHash().bytes());
        statement.setString(2, app);
        statement.setLong(3, session.revision());
        statement.setBytes(4, session.base());
    }

    private SaveResult whyNot(Connection connection, IdHash id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.inspect)) {
            statement.setBytes(1, id.bytes());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return new SaveResult.Gone();
                }
                if (row.getBytes(Rows.NEXT_COLUMN) != null) {
                    return new SaveResult.Moved(Rows.idHash(row, Rows.NEXT_COLUMN));
                }
                return row.getBoolean(Rows.NEXT_COLUMN + 1)
                        ? new SaveResult.Conflict(Rows.read(id, row))
                        : new SaveResult.Gone();
            }
        }
    }

    boolean touch(Connection connection, IdHash id) throws SQLException {
        return following(connection, id, sql.touch);
    }

    boolean delete(Connection connection, IdHash id) throws SQLException {
        return following(connection, id, sql.delete);
    }

    /**
     * Writes where the session is now. A session that moves on between the two statements leaves a tombstone where the
     * first one found it missing, so the walk never ends short of where it went.
     */
    private boolean following(Connection connection, IdHash start, String write) throws SQLException {
        IdHash at = start;
        for (int hop = 0; hop < MAX_HOPS; hop++) {
            try (PreparedStatement statement = connection.prepareStatement(write)) {
                statement.setBytes(1, at.bytes());
                if (statement.executeUpdate() == 1) {
                    return true;
                }
            }
            Optional<IdHash> next = Rows.movedTo(connection, sql, at);
            if (next.isEmpty()) {
                return false;
            }
            at = next.get();
        }
        throw new StoreUnavailableException(
                "session " + start + " changed its id more than " + MAX_HOPS + " times within "
                        + SessionStore.TOMBSTONE_LIFETIME,
                null);
    }
}
