package dev.holdfast.it.holdfast;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table, seen past Holdfast: what somebody with a dump, or with write access to the database, has before them. */
public final class SessionTable {
    private final Source source;
    private final String table;

    /** Where connections come from. */
    @FunctionalInterface
    public interface Source {
        Connection connect() throws SQLException;
    }

    /** The table in this schema. */
    public SessionTable(Source source, String schema) {
        this.source = source;
        this.table = schema + ".holdfast_session";
    }

    /** All rows. */
    public List<Row> rows() {
        return query("select * from " + table);
    }

    /** The row of a session, dead or alive, if there is one. The id may carry a jvmRoute. */
    public Optional<Row> row(String app, String sessionId) {
        return query("select * from " + table + " where id_hash = ?", idHash(app, sessionId)).stream()
                .findFirst();
    }

    /** Puts other bytes into a column of a session's row. */
    public void overwrite(String app, String sessionId, String column, byte @Nullable [] bytes) {
        try (Connection connection = source.connect();
                PreparedStatement update =
                        connection.prepareStatement("update " + table + " set " + column + " = ? where id_hash = ?")) {
            update.setBytes(1, bytes);
            update.setBytes(2, idHash(app, sessionId));
            if (update.executeUpdate() != 1) {
                throw new IllegalStateException("no row of that session");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot overwrite " + column, e);
        }
    }

    /** Puts the table where Holdfast does not find it, as a database does that is half restored. */
    public void rename(String name) {
        execute("alter table " + table + " rename to " + name);
    }

    /** Undoes {@link #rename}. */
    public void renameBack(String name) {
        String schema = table.substring(0, table.indexOf('.') + 1);
        execute("alter table " + schema + name + " rename to " + table.substring(schema.length()));
    }

    private void execute(String sql) {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A number that PostgreSQL computes. */
    public long number(String sql) {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The key of a row: SHA-256 of application, zero byte, session id without jvmRoute. Computed here independently. */
    public static byte[] idHash(String app, String sessionId) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return sha256.digest((app + "\0" + sessionId.split("\\.", 2)[0]).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Row> query(String sql, byte[]... parameters) {
        try (Connection connection = source.connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setBytes(i + 1, parameters[i]);
            }
            try (ResultSet result = select.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row(result));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read " + table, e);
        }
    }

    private static Row row(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        LinkedHashMap<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            values.put(columns.getColumnName(i), result.getObject(i));
        }
        return new Row(values);
    }
}
