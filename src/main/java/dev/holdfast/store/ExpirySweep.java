package dev.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
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

    /** What a batch of claimed sessions may have in contents, the first apart: they are all in memory at once. */
    private static final long BATCH_BYTES = 16L * 1024 * 1024;

    /** The driver takes it for {@code -infinity}. */
    private static final OffsetDateTime BEGINNING = OffsetDateTime.MIN;

    private final String app;
    private final Sql sql;
    private final Database database;
    private final String lockName;

    /**
     * The expiry of the last session that was claimed, as long as there may be more. The next batch begins there: it need not walk
     * over the claimed ones that are still there, nor over what the index still has of those that are not.
     */
    private volatile OffsetDateTime reached = BEGINNING;

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

    /** From where the last batch came to; once no more are there, from the beginning, where leases may have run out. */
    private List<IdHash> claimable(Connection connection, int limit) throws SQLException {
        OffsetDateTime from = reached;
        Candidates found = candidates(connection, limit, from);
        if (!found.more() && from.isAfter(BEGINNING)) {
            found = candidates(connection, limit, BEGINNING);
        }
        reached = found.more() ? found.last() : BEGINNING;
        return found.keys().stream().sorted().toList();
    }

    private Candidates candidates(Connection connection, int limit, OffsetDateTime from) throws SQLException {
        List<IdHash> keys = new ArrayList<>();
        OffsetDateTime last = from;
        try (PreparedStatement statement = connection.prepareStatement(sql.claimable)) {
            statement.setString(1, app);
            statement.setObject(2, from);
            statement.setInt(3, limit);
            try (ResultSet row = statement.executeQuery()) {
                for (long bytes = 0; row.next(); ) {
                    bytes += row.getLong(3);
                    if (bytes > BATCH_BYTES && !keys.isEmpty()) {
                        return new Candidates(keys, last, true);
                    }
                    keys.add(Rows.idHash(row, 1));
                    last = row.getObject(2, OffsetDateTime.class);
                }
            }
        }
        return new Candidates(keys, last, keys.size() == limit);
    }

    /**
     * Sessions that may be claimed.
     *
     * @param last when the last of them expired
     * @param more whether there may be others that expired later
     */
    private record Candidates(List<IdHash> keys, OffsetDateTime last, boolean more) {}

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
