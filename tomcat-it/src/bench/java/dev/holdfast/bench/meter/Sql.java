package dev.holdfast.bench.meter;

import dev.holdfast.testdb.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One connection to the database for everything that is not measured. Not safe for use by several threads. */
public final class Sql implements AutoCloseable {
    private final Connection connection;

    public Sql(TestPostgres postgres) {
        try {
            connection = postgres.connect();
        } catch (SQLException e) {
            throw new IllegalStateException("no connection to PostgreSQL", e);
        }
    }

    /** Runs statements, separated as {@code psql} has it. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused: " + sql, e);
        }
    }

    /** The first column of the first row. */
    public String text(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new IllegalStateException("no row: " + sql);
            }
            return String.valueOf(result.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused: " + sql, e);
        }
    }

    public long number(String sql) {
        return (long) Double.parseDouble(text(sql));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
