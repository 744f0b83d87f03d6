package dev.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Looks at a database with an administrator's eyes: who answers, whether the table can be used, with what its rows are
 * sealed. Changes nothing. Safe for use by many threads.
 */
public final class TableInspection implements AutoCloseable {
    private final JdbcUrl url;
    private final Sql sql;
    private final ConnectionSource source;
    private final Database database;
    private final TableSetup setup;

    /**
     * An inspection by these settings, which must have a {@code url}. Connects when it is first asked.
     *
     * @throws IllegalArgumentException if {@link PostgresSettings#problems} finds any
     */
    public TableInspection(PostgresSettings settings) {
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        this.url = new JdbcUrl(Objects.requireNonNull(settings.url()));
        this.sql =
                new Sql(new Identifier(settings.schema()), new Identifier(settings.table()), settings.touchInterval());
        this.source = new OwnPool(settings, new PostgresDriver(settings, url));
        this.database = new Database(source);
        this.setup = new TableSetup(settings, sql, database);
    }

    /**
     * Who answers.
     *
     * @param version of PostgreSQL
     * @param role the role that asks
     * @param readOnly whether it can only be read: a standby, or switched so
     * @param clockAhead how far the database's clock is ahead of this machine's; negative: behind
     * @param clockUncertainty by how much that may be wrong: half the time the answer took
     */
    public record Server(
            String version, String role, boolean readOnly, Duration clockAhead, Duration clockUncertainty) {}

    /**
     * Rows that begin alike, in either column.
     *
     * @param head their first bytes
     * @param rows how many of them
     * @param alive how many of these hold a session that has not ended or expired
     */
    public record SealedAlike(byte[] head, long rows, long alive) {}

    /** Where this looks: no password, and no parameter of the URL. */
    public String where() {
        return url.toString();
    }

    /** The table's name as SQL has it. */
    public String table() {
        return sql.table;
    }

    /**
     * Asks who answers.
     *
     * @throws StoreUnavailableException if nobody does; the message says why
     */
    public Server server() {
        return database.read("connecting to the database", null, connection -> {
            // Once unmeasured: the first statement on a connection takes longer than the next.
            askServer(connection);
            return askServer(connection);
        });
    }

    private static Server askServer(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(InspectionSql.SERVER)) {
            Instant before = Instant.now();
            try (ResultSet row = statement.executeQuery()) {
                Instant after = Instant.now();
                row.next();
                Duration uncertainty = Duration.between(before, after).dividedBy(2);
                Instant theirs = row.getObject(4, OffsetDateTime.class).toInstant();
                return new Server(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        Duration.between(before.plus(uncertainty), theirs),
                        uncertainty);
            }
        }
    }

    /**
     * Looks whether the table is there, is Holdfast's, and grants the role what it needs.
     *
     * @throws UnusableTableException if not; the message says what to do
     * @throws StoreUnavailableException if the database cannot be asked
     */
    public void verifyTable() {
        setup.verify();
    }

    /**
     * Counts rows by their first bytes, most frequent first; a row whose two columns begin differently counts in both. Reads
     * the whole table.
     *
     * @throws StoreUnavailableException if the database cannot be asked, or takes longer than the settings allow
     */
    public List<SealedAlike> countByHead(int headBytes) {
        return database.read("counting rows", null, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(InspectionSql.countByHead(sql.table))) {
                statement.setInt(1, headBytes);
                statement.setInt(2, headBytes);
                List<SealedAlike> counts = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        counts.add(new SealedAlike(row.getBytes(1), row.getLong(2), row.getLong(3)));
                    }
                }
                return counts;
            }
        });
    }

    @Override
    public void close() {
        source.close();
    }
}
