package dev.holdfast.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/**
 * Whether a connection pooler, PgBouncer for one, stands between the driver and the server. In its transaction mode each
 * transaction may come to another server process: there a statement prepared before is unknown, or, worse, is what somebody
 * else has prepared under that name.
 *
 * <p>A pooler tells its client a process number of its own making, for cancelling; the server tells the real one.
 */
final class Pooler {
    private Pooler() {}

    static boolean isBehind(Connection connection) throws SQLException {
        int told = connection.unwrap(PGConnection.class).getBackendPID();
        try (Statement statement = connection.createStatement()) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            try (ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
                row.next();
                return row.getInt(1) != told;
            }
        }
    }
}
