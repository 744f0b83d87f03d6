package dev.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Sessions as rows of a PostgreSQL table. Each operation on a session is one statement on one row, committed by itself,
 * {@link #cycle} excepted, which is one transaction on two; loads, and small creates and saves, that come at the same time share one.
 *
 * <p>Connections are opened when they are first needed; making a store asks the database nothing. After an outage the next
 * operation simply works. The server's clock decides every expiry, this machine's clock none.
 *
 * <p>Safe for use by many threads.
 */
public final class PostgresSessionStore implements SessionStore {
    private final String app;
    private final Sql sql;
    private final ConnectionSource source;
    private final Database database;
    private final RowWriter writer;
    private final SharedLoads loads;
    private final SharedCreates creates;
    private final SharedSaves saves;
    private final ExpirySweep sweep;
    private final TableSetup setup;
    private final HealthProbe probe;
    private volatile boolean closed;

    /**
     * A store by these settings. A {@code dataSourceName} is looked up here, in the calling thread.
     *
     * @throws IllegalArgumentException if {@link PostgresSettings#problems} finds any, or the name does not lead to a
     *     DataSource; the message says how to mend it
     */
    public PostgresSessionStore(PostgresSettings settings) {
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        this.app = settings.app();
        this.sql =
                new Sql(new Identifier(settings.schema()), new Identifier(settings.table()), settings.touchInterval());
        this.source = source(settings);
        this.database = new Database(source);
        this.writer = new RowWriter(settings.app(), sql);
        this.loads = new SharedLoads(sql, database);
        this.creates = new SharedCreates(sql, database, writer);
        this.saves = new SharedSaves(sql, database, writer);
        this.sweep = new ExpirySweep(settings.app(), sql, database);
        this.setup = new TableSetup(settings, sql, database);
        this.probe = new HealthProbe(source, sql, HealthProbe.SLOW_FROM);
    }

    private static ConnectionSource source(PostgresSettings settings) {
        if (settings.dataSourceName() != null) {
            return new JndiSource(settings.dataSourceName());
        }
        JdbcUrl url = new JdbcUrl(Objects.requireNonNull(settings.url()));
        return new OwnPool(settings, new PostgresDriver(settings, url));
    }

    /**
     * {@inheritDoc} Where the table is there already, the rights on its rows suffice.
     *
     * @throws UnusableTableException if it is missing and may not be made, or is not usable as it is
     */
    @Override
    public void createSchema() {
        setup.run();
    }

    @Override
    public Optional<SessionRow> load(IdHash id, OptionalLong heldRevision) {
        return loads.load(id, heldRevision);
    }

    @Override
    public CreateResult create(NewSession session) {
        session.requireNoDelta();
        return creates.create(session);
    }

    @Override
    public SaveResult save(IdHash id, long expectedRevision, SessionChange change) {
        return saves.save(id, expectedRevision, change);
    }

    @Override
    public boolean touch(IdHash id) {
        return database.read("touch", id, connection -> writer.touch(connection, id));
    }

    @Override
    public boolean delete(IdHash id) {
        return database.write("delete", id, connection -> writer.delete(connection, id));
    }

    @Override
    public SaveResult cycle(IdHash old, long expectedRevision, NewSession successor) {
        return database.transaction(
                        "change of id", old, connection -> writer.cycle(connection, old, expectedRevision, successor))
                .orElseThrow(() -> new IllegalStateException("session " + old + " cannot change to the id of session "
                        + successor.idHash() + ": it is in use"));
    }

    @Override
    public Swept sweepExpired(int limit, Duration lease, Predicate<SessionRow> toBeClaimed) {
        return sweep.sweep(limit, lease, toBeClaimed);
    }

    @Override
    public int deleteClaimed(List<ClaimedSession> claimed) {
        return sweep.deleteClaimed(claimed);
    }

    @Override
    public int pruneExpired(boolean sessionsToo) {
        source.trim();
        return sweep.prune(sessionsToo);
    }

    @Override
    public long countAlive() {
        return database.read("count", null, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.countAlive)) {
                statement.setString(1, app);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    @Override
    public HealthStatus health() {
        return closed ? HealthProbe.CLOSED : probe.ask();
    }

    @Override
    public void close() {
        closed = true;
        source.close();
    }
}
