package dev.holdfast.packaging.inside;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;

/** Asks PostgreSQL by the relocated pool and driver whether the connection is encrypted; answers with that, or why not. */
public final class QueryByPool implements Function<Map<String, String>, String> {
    private static final String SHADED = "dev.holdfast.shaded.";

    @Override
    public String apply(Map<String, String> input) {
        try {
            Object driver = Class.forName(SHADED + "org.postgresql.Driver")
                    .getConstructor()
                    .newInstance();
            Class<?> type = Class.forName(SHADED + "org.apache.commons.dbcp2.BasicDataSource");
            DataSource pool = (DataSource) type.getConstructor().newInstance();
            type.getMethod("setDriver", java.sql.Driver.class).invoke(pool, driver);
            type.getMethod("setUrl", String.class).invoke(pool, input.get("url"));
            type.getMethod("setUsername", String.class).invoke(pool, input.get("username"));
            type.getMethod("setPassword", String.class).invoke(pool, input.get("password"));
            try {
                return query(pool);
            } finally {
                type.getMethod("close").invoke(pool);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String query(DataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select case when ssl then 'encrypted' else 'clear' end from pg_stat_ssl"
                                + " where pid = pg_backend_pid()")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            StringBuilder why = new StringBuilder("refused");
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                why.append(": ").append(cause.getMessage());
            }
            return why.toString();
        }
    }
}
