package dev.holdfast.session;

import dev.holdfast.store.SessionStore;
import dev.holdfast.store.TableOnDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;

/** A table of its own in a real PostgreSQL, for one run after the other. */
final class PostgresStage implements Stage, AutoCloseable {
    private final boolean byStatement;
    private final StatementTurns turns;
    private final TableOnDataSource table;
    private final Connection watch;
    private int heldUp;

    /** @param byStatement whether actors wait for their turns at each statement, or at each call of the store */
    PostgresStage(boolean byStatement) {
        this.byStatement = byStatement;
        this.turns = new StatementTurns(byStatement);
        this.table = new TableOnDataSource(turns.dataSource());
        try {
            this.watch = TableOnDataSource.connect();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public SessionStore store() {
        return table.store();
    }

    @Override
    public boolean keepsTurns() {
        return byStatement;
    }

    @Override
    public void enter(Schedule schedule, Story story) {
        turns.enter(schedule, story);
        execute("delete from " + table.name());
    }

    /** On the connection of whoever lets it pass: he may have to wait for rows like everybody else. */
    @Override
    public void pass(Duration time) {
        execute("update " + table.name() + " set created_at = created_at - i, accessed_at = accessed_at - i,"
                + " expires_at = expires_at - i, claimed_until = claimed_until - i"
                + " from make_interval(secs => " + time.toSeconds() + ") as i");
    }

    private void execute(String sql) {
        try (Statement statement = turns.connection().createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public Obstacle obstacle() {
        Obstacle locks = Obstacle.locks();
        return new Obstacle() {
            @Override
            public boolean holdsUp(Thread busy, Collection<Thread> waiting) {
                return locks.holdsUp(busy, waiting) || isHeldUpInTheDatabase(busy, waiting);
            }

            @Override
            public Duration glance() {
                return byStatement ? Duration.ofMillis(2) : locks.glance();
            }
        };
    }

    /** Whoever waits for his turn cannot end his transaction, so an answer of yes stays true. */
    private boolean isHeldUpInTheDatabase(Thread busy, Collection<Thread> waiting) {
        Integer backend = turns.backendOf(busy);
        Object[] others =
                waiting.stream().map(turns::backendOf).filter(Objects::nonNull).toArray();
        if (!byStatement || backend == null || others.length == 0) {
            return false;
        }
        try (PreparedStatement statement = watch.prepareStatement("select pg_blocking_pids(?) && ?")) {
            statement.setInt(1, backend);
            statement.setArray(2, watch.createArrayOf("int4", others));
            try (ResultSet row = statement.executeQuery()) {
                boolean isHeldUp = row.next() && row.getBoolean(1);
                heldUp += isHeldUp ? 1 : 0;
                return isHeldUp;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often an actor was found waiting inside the database for another one. */
    int heldUp() {
        return heldUp;
    }

    @Override
    public void close() throws SQLException {
        watch.close();
        turns.close();
        table.close();
    }
}
