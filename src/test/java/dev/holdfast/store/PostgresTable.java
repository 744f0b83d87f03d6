package dev.holdfast.store;

import dev.holdfast.testdb.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A table of its own for a test, the stores on it, and a way to look at its rows past any store. */
final class PostgresTable implements AutoCloseable {
    static final Duration TOUCH_INTERVAL = StoreFixture.TOUCH_INTERVAL;

    private final TestPostgres postgres;
    private final String schema;
    private final String table;
    private final List<SessionStore> stores = new ArrayList<>();

    PostgresTable(TestPostgres postgres, String table) {
        this.postgres = postgres;
        this.schema = postgres.createSchema();
        this.table = table;
    }

    static PostgresTable create() {
        PostgresTable table = new PostgresTable(TestPostgres.shared(), PostgresSettings.DEFAULT_TABLE);
        table.store().createSchema();
        return table;
    }

    PostgresSettings settings() {
        return settings("app");
    }

    PostgresSettings settings(String app) {
        return settings(app, postgres.jdbcUrl());
    }

    /** The same database by another way. */
    PostgresSettings settingsOn(String url) {
        return settings("app", url);
    }

    private PostgresSettings settings(String app, String url) {
        return new PostgresSettings(
                app,
                url,
                postgres.username(),
                postgres.password(),
                null,
                schema,
                table,
                TOUCH_INTERVAL,
                10,
                Duration.ofSeconds(10));
    }

    PostgresSessionStore store() {
        return store(settings());
    }

    PostgresSessionStore store(PostgresSettings settings) {
        PostgresSessionStore store = new PostgresSessionStore(settings);
        stores.add(store);
        return store;
    }

    String url() {
        return postgres.jdbcUrl();
    }

    String schema() {
        return schema;
    }

    /** The table as SQL wants it. */
    String name() {
        return new Identifier(schema).quoted() + "." + new Identifier(table).quoted();
    }

    void passTime(Duration duration) {
        update("update " + name() + " set created_at = created_at - i, accessed_at = accessed_at - i,"
                + " expires_at = expires_at - i, claimed_until = claimed_until - i"
                + " from make_interval(secs => " + duration.toMillis() / 1000.0 + ") as i");
    }

    void update(String sql) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** The first column of the first row, as text. */
    String query(String sql, Object... parameters) {
        try (Connection connection = postgres.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new AssertionError("no row: " + sql);
                }
                return String.valueOf(row.getString(1));
            }
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** A column of a session's row. */
    String column(IdHash id, String column) {
        return query("select " + column + " from " + name() + " where id_hash = ?", (Object) id.bytes());
    }

    @Override
    public void close() {
        stores.forEach(SessionStore::close);
        update("drop schema " + schema + " cascade");
    }
}
