package dev.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Between columns and records. */
final class Rows {
    /** The position of the first column after those that {@link #read} takes. */
    static final int NEXT_COLUMN = 9;

    private Rows() {}

    /** The first eight columns: revision, created, accessed, time-out, expiry, the database's now, base, delta. */
    static SessionRow read(IdHash id, ResultSet row) throws SQLException {
        return new SessionRow(
                id,
                row.getLong(1),
                instant(row, 2),
                instant(row, 3),
                row.getInt(4),
                remaining(row.getObject(5, OffsetDateTime.class), row.getObject(6, OffsetDateTime.class)),
                row.getBytes(7),
                row.getBytes(8));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Both times are the database's; the driver has MAX for {@code infinity}. */
    private static Duration remaining(OffsetDateTime expiresAt, OffsetDateTime now) {
        return expiresAt.equals(OffsetDateTime.MAX) ? SessionRow.FOREVER : Duration.between(now, expiresAt);
    }

    static IdHash idHash(ResultSet row, int column) throws SQLException {
        return IdHash.ofBytes(row.getBytes(column));
    }

    /** Where a tombstone points. */
    static Optional<IdHash> movedTo(Connection connection, Sql sql, IdHash id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.movedTo)) {
            statement.setBytes(1, id.bytes());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(idHash(row, 1)) : Optional.empty();
            }
        }
    }

    /** Binds a time-out as often as the formula of the expiry mentions it. */
    static void bindTimeout(PreparedStatement statement, int first, int maxInactiveSeconds) throws SQLException {
        for (int i = 0; i < Sql.EXPIRY_PARAMETERS; i++) {
            statement.setInt(first + i, maxInactiveSeconds);
        }
    }

    static void bindKeys(PreparedStatement statement, int parameter, List<IdHash> ids) throws SQLException {
        bindBytes(statement, parameter, ids.stream().map(IdHash::bytes));
    }

    /** The driver sends an array in binary only if it is one of exactly this type: an {@code Object[]} it sends as text. */
    static void bindLongs(PreparedStatement statement, int parameter, Stream<Long> values) throws SQLException {
        bindArray(statement, parameter, "bigint", values.toArray(Long[]::new));
    }

    /** See {@link #bindLongs}. */
    static void bindInts(PreparedStatement statement, int parameter, Stream<Integer> values) throws SQLException {
        bindArray(statement, parameter, "integer", values.toArray(Integer[]::new));
    }

    static void bindBytes(PreparedStatement statement, int parameter, Stream<byte[]> values) throws SQLException {
        bindArray(statement, parameter, "bytea", values.toArray(byte[][]::new));
    }

    static void bindArray(PreparedStatement statement, int parameter, String type, Object[] values)
            throws SQLException {
        statement.setArray(parameter, statement.getConnection().createArrayOf(type, values));
    }

    /** As {@code make_interval} takes them; microseconds are all that a timestamp keeps. */
    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    static void bindNullable(PreparedStatement statement, int parameter, byte @Nullable [] bytes) throws SQLException {
        if (bytes == null) {
            statement.setNull(parameter, java.sql.Types.BINARY);
        } else {
            statement.setBytes(parameter, bytes);
        }
    }
}
