package dev.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds what has expired and takes it by key. One node sweeps an application at a time: the others do not wait but go on
 * with their work, and whoever holds the lock finishes the job. Foreground statements meet only rows that are dead to them.
 */
final class ExpirySweep {
    /** Rows of one transaction: large enough to be quick, small enough that nobody waits for its end. */
    private static final int BATCH_ROWS = 1_000;

    private final String app;
    private final Sql sql;
    private final Database database;
    private final String lockName;

    ExpirySweep(String app, Sql sql, Database database) {
        this.app = app;
        this.sql = sql;
        this.database = database;
        this.lockName = "holdfast sweep " + sql.table + " " + app;
    }

    List<ClaimedSession> claim(int limit, Duration lease) {
        return database.transaction("claiming expired sessions", null, connection -> {
            if (!locked(connection)) {
                return List.of();
            }
            List<IdHash> candidates = claimable(connection, limit);
            return candidates.isEmpty() ? List.of() : claim(connection, candidates, lease);
        });
    }

    private List<IdHash> claimable(Connection connection, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.claimable)) {
            statement.setString(1, app);
            statement.setInt(2, limit);
            return keys(statement);
        }
    }

    private List<ClaimedSession> claim(Connection connection, List<IdHash> candidates, Duration lease)
            throws SQLException {
        UUID token = UUID.randomUUID();
        List<ClaimedSession> claimed = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql.claim)) {
            statement.setObject(1, token);
            statement.setDouble(2, Rows.seconds(lease));
            Rows.bindKeys(statement, 3, candidates);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    claimed.add(new ClaimedSession(Rows.read(Rows.idHash(row, Rows.NEXT_COLUMN), row), token));
                }
            }
        }
        claimed.sort(Comparator.comparing(session -> session.row().idHash()));
        return List.copyOf(claimed);
    }

    int deleteClaimed(List<ClaimedSession> claimed) {
        if (claimed.isEmpty()) {
            return 0;
        }
        List<IdHash> ids =
                claimed.stream().map(session -> session.row().idHash()).toList();
        Object[] tokens = claimed.stream().map(ClaimedSession::token).toArray();
        return database.write("removing claimed sessions", null, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.deleteClaimed)) {
                Rows.bindKeys(statement, 1, ids);
                statement.setArray(2, connection.createArrayOf("uuid", tokens));
                return statement.executeUpdate();
            }
        });
    }

    int prune(boolean sessionsToo) {
        int removed = 0;
        while (true) {
            Optional<Batch> batch = database.transaction(
                    "pruning expired rows",
                    null,
                    connection ->
                            locked(connection) ? Optional.of(pruneBatch(connection, sessionsToo)) : Optional.empty());
            removed += batch.map(Batch::removed).orElse(0);
            if (batch.isEmpty() || batch.get().found() < BATCH_ROWS) {
                return removed;
            }
        }
    }

    private Batch pruneBatch(Connection connection, boolean sessionsToo) throws SQLException {
        List<IdHash> candidates;
        try (PreparedStatement statement = connection.prepareStatement(sql.prunable)) {
            statement.setString(1, app);
            statement.setBoolean(2, sessionsToo);
            statement.setInt(3, BATCH_ROWS);
            candidates = keys(statement);
        }
        if (candidates.isEmpty()) {
            return new Batch(0, 0);
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.prune)) {
            Rows.bindKeys(statement, 1, candidates);
            statement.setBoolean(2, sessionsToo);
            return new Batch(candidates.size(), statement.executeUpdate());
        }
    }

    private boolean locked(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.TRY_LOCK)) {
            statement.setString(1, lockName);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** In key order, so that whoever else takes several rows takes them in the same order. */
    private static List<IdHash> keys(PreparedStatement statement) throws SQLException {
        List<IdHash> keys = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                keys.add(Rows.idHash(row, 1));
            }
        }
        keys.sort(null);
        return keys;
    }

    private record Batch(int found, int removed) {}
}
