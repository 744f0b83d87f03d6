package dev.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Finds what has expired and takes it by key. One node sweeps an application at a time: the others do not wait but go on
 * with their work, and whoever holds the lock finishes the job. Foreground statements meet only rows that are dead to them.
 */
final class ExpirySweep {
    /** How long the server waits for the next statement of a sweep; between two of them a few rows are opened. */
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

    /** Rows that are pruned in one transaction: large enough to be quick, small enough that nobody waits for its end. */
    private static final int BATCH_ROWS = 1_000;

    /**
     * Rows of one statement of a sweep that looks at them. A thousand would keep a processor for tens of milliseconds; after so few its
     * other users have their turn, and the round trip costs each row next to nothing.
     */
    private static final int STATEMENT_ROWS = 25;

    /** What a batch of sessions may have in contents, the first apart: they are all in memory at once. */
    private static final long BATCH_BYTES = 16L * 1024 * 1024;

    /** The driver takes it for {@code -infinity}. */
    private static final OffsetDateTime BEGINNING = OffsetDateTime.MIN;

    private final String app;
    private final Sql sql;
    private final Database database;
    private final String lockName;
    private final String idleLimit;

    /**
     * The expiry of the last session that was dealt with, as long as there may be more. The next batch begins there: it need not walk
     * over the claimed ones that are still there, nor over what the index still has of those that are not.
     */
    private volatile OffsetDateTime reached = BEGINNING;

    ExpirySweep(String app, Sql sql, Database database) {
        this(app, sql, database, IDLE_LIMIT);
    }

    /** @param idleLimit after which a transaction of a node that has stopped working ends */
    ExpirySweep(String app, Sql sql, Database database, Duration idleLimit) {
        this.idleLimit = idleLimit.toMillis() + "ms";
        this.app = app;
        this.sql = sql;
        this.database = database;
        this.lockName = "holdfast sweep " + sql.table + " " + app;
    }

    Swept sweep(int limit, Duration lease, Predicate<SessionRow> toBeClaimed) {
        Optional<Batch> batch = database.transaction("sweeping expired sessions", null, connection -> {
            if (!locked(connection)) {
                return Optional.empty();
            }
            Candidates found = candidates(connection, limit);
            List<IdHash> keys = found.keys().stream().sorted().toList();
            return Optional.of(
                    new Batch(sweep(connection, keys, lease, toBeClaimed), found.more() ? found.last() : BEGINNING));
        });
        // and no sooner: what is rolled back and done again begins where it began
        batch.ifPresent(done -> reached = done.reached());
        return batch.map(Batch::swept).orElse(Swept.NOTHING);
    }

    private record Batch(Swept swept, OffsetDateTime reached) {}

    private Swept sweep(Connection connection, List<IdHash> keys, Duration lease, Predicate<SessionRow> toBeClaimed)
            throws SQLException {
        UUID token = UUID.randomUUID();
        List<SessionRow> removed = new ArrayList<>();
        List<ClaimedSession> claimed = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += STATEMENT_ROWS) {
            List<SessionRow> seen =
                    contents(connection, keys.subList(from, Math.min(keys.size(), from + STATEMENT_ROWS)));
            List<SessionRow> awaited = new ArrayList<>();
            List<SessionRow> quiet = new ArrayList<>();
            seen.forEach(row -> (toBeClaimed.test(row) ? awaited : quiet).add(row));
            removed.addAll(remove(connection, quiet));
            claim(connection, awaited, token, lease).forEach(row -> claimed.add(new ClaimedSession(row, token)));
        }
        return new Swept(List.copyOf(removed), List.copyOf(claimed));
    }

    private List<SessionRow> contents(Connection connection, List<IdHash> keys) throws SQLException {
        List<SessionRow> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql.expiredContents)) {
            Rows.bindKeys(statement, 1, keys);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(Rows.read(Rows.idHash(row, Rows.NEXT_COLUMN), row));
                }
            }
        }
        rows.sort(Comparator.comparing(SessionRow::idHash));
        return rows;
    }

    /** From where the last batch came to; once no more are there, from the beginning, where leases may have run out. */
    private Candidates candidates(Connection connection, int limit) throws SQLException {
        OffsetDateTime from = reached;
        Candidates found = candidates(connection, limit, from);
        if (!found.more() && from.isAfter(BEGINNING)) {
            found = candidates(connection, limit, BEGINNING);
        }
        return found;
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
     * Sessions that have expired and are nobody's.
     *
     * @param last when the last of them expired
     * @param more whether there may be others that expired later
     */
    private record Candidates(List<IdHash> keys, OffsetDateTime last, boolean more) {}

    private List<SessionRow> claim(Connection connection, List<SessionRow> rows, UUID token, Duration lease)
            throws SQLException {
        if (rows.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.claim)) {
            statement.setObject(1, token);
            statement.setDouble(2, Rows.seconds(lease));
            return asSeen(statement, 3, rows);
        }
    }

    private List<SessionRow> remove(Connection connection, List<SessionRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.removeExpired)) {
            return asSeen(statement, 1, rows);
        }
    }

    /**
     * Runs a statement on those of the rows that still are as they were seen.
     *
     * @return those that were
     */
    private static List<SessionRow> asSeen(PreparedStatement statement, int parameter, List<SessionRow> rows)
            throws SQLException {
        Rows.bindKeys(
                statement, parameter, rows.stream().map(SessionRow::idHash).toList());
        Rows.bindLongs(statement, parameter + 1, rows.stream().map(SessionRow::revision));
        Set<IdHash> hit = new HashSet<>(keys(statement));
        return rows.stream().filter(row -> hit.contains(row.idHash())).toList();
    }

    int deleteClaimed(List<ClaimedSession> claimed) {
        if (claimed.isEmpty()) {
            return 0;
        }
        List<ClaimedSession> ordered = claimed.stream()
                .sorted(Comparator.comparing(session -> session.row().idHash()))
                .toList();
        List<IdHash> ids =
                ordered.stream().map(session -> session.row().idHash()).toList();
        Object[] tokens = ordered.stream().map(ClaimedSession::token).toArray();
        return database.write("removing claimed sessions", null, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.deleteClaimed)) {
                Rows.bindKeys(statement, 1, ids);
                Rows.bindArray(statement, 2, "uuid", tokens);
                return statement.executeUpdate();
            }
        });
    }

    int prune(boolean sessionsToo) {
        int removed = 0;
        while (true) {
            Optional<Pruned> batch = database.transaction(
                    "pruning expired rows",
                    null,
                    connection ->
                            locked(connection) ? Optional.of(pruneBatch(connection, sessionsToo)) : Optional.empty());
            removed += batch.map(Pruned::removed).orElse(0);
            if (batch.isEmpty() || batch.get().found() < BATCH_ROWS) {
                return removed;
            }
        }
    }

    private Pruned pruneBatch(Connection connection, boolean sessionsToo) throws SQLException {
        List<IdHash> candidates;
        try (PreparedStatement statement = connection.prepareStatement(sql.prunable)) {
            statement.setString(1, app);
            statement.setBoolean(2, sessionsToo);
            statement.setInt(3, BATCH_ROWS);
            candidates = keys(statement);
        }
        if (candidates.isEmpty()) {
            return new Pruned(0, 0);
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.prune)) {
            Rows.bindKeys(statement, 1, candidates);
            statement.setBoolean(2, sessionsToo);
            return new Pruned(candidates.size(), statement.executeUpdate());
        }
    }

    private boolean locked(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.TRY_LOCK)) {
            statement.setString(1, lockName);
            statement.setString(2, idleLimit);
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

    private record Pruned(int found, int removed) {}
}
