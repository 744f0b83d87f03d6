package com.example.bench.floor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Three statements, each by primary key and each on its own. */
final class FloorStore {
    private static final String LOAD = "select revision, data from floor_session where id = ? and expires_at > now()";
    private static final String CREATE =
            """
            insert into floor_session (id, revision, created_at, accessed_at, expires_at, data)
            values (?, ?, now(), now(), now() + interval '31 minutes', ?)""";
    private static final String SAVE =
            """
            update floor_session set revision = ?, accessed_at = now(), data = ?
             where id = ? and revision = ? and expires_at > now()""";

    private final DataSource dataSource;

    FloorStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    record Row(long revision, byte[] data) {}

    @Nullable
    Row load(byte[] id) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(LOAD)) {
            select.setBytes(1, id);
            try (ResultSet result = select.executeQuery()) {
                return result.next() ? new Row(result.getLong(1), result.getBytes(2)) : null;
            }
        }
    }

    void create(byte[] id, Row row) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(CREATE)) {
            insert.setBytes(1, id);
            insert.setLong(2, row.revision());
            insert.setBytes(3, row.data());
            insert.executeUpdate();
        }
    }

    /** Whether the row was still at the revision from which the change was made. */
    boolean save(byte[] id, long from, Row row) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(SAVE)) {
            update.setLong(1, row.revision());
            update.setBytes(2, row.data());
            update.setBytes(3, id);
            update.setLong(4, from);
            return update.executeUpdate() == 1;
        }
    }
}
