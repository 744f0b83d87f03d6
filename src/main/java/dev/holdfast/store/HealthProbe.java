package dev.holdfast.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database whether it can serve sessions, in a thread of its own, because only so the answer is in time however
 * the network hangs. There is at most one such thread; it ends with the database's answer or the driver's time-out.
 */
final class HealthProbe {
    static final HealthStatus HEALTHY = new HealthStatus.Healthy("The database answers.");
    static final HealthStatus SLOW = new HealthStatus.Degraded("The database answers slowly.");
    static final HealthStatus EXHAUSTED = new HealthStatus.Degraded("Every connection is in use.");
    static final HealthStatus SILENT = new HealthStatus.Unhealthy("The database did not answer within two seconds.");
    static final HealthStatus UNREACHABLE = new HealthStatus.Unhealthy("The database cannot be reached.");
    static final HealthStatus LOGIN_REFUSED = new HealthStatus.Unhealthy("The database refuses the login.");
    static final HealthStatus TABLE_MISSING = new HealthStatus.Unhealthy("The table is missing.");
    static final HealthStatus RIGHTS_MISSING = new HealthStatus.Unhealthy("Rights on the table are missing.");
    static final HealthStatus READ_ONLY = new HealthStatus.Unhealthy("The database is read-only.");
    static final HealthStatus INTERRUPTED = new HealthStatus.Unhealthy("The check was interrupted.");
    static final HealthStatus CLOSED = new HealthStatus.Unhealthy("The store is closed.");

    /** A little less than the two seconds that are promised. */
    private static final Duration PATIENCE = Duration.ofMillis(1_800);

    private static final Duration POOL_PATIENCE = Duration.ofMillis(500);
    static final Duration SLOW_FROM = Duration.ofMillis(500);

    private final ConnectionSource source;
    private final Sql sql;
    private final Duration slowFrom;
    private @Nullable FutureTask<HealthStatus> running;

    HealthProbe(ConnectionSource source, Sql sql, Duration slowFrom) {
        this.source = source;
        this.sql = sql;
        this.slowFrom = slowFrom;
    }

    HealthStatus ask() {
        try {
            return current().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return SILENT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        } catch (ExecutionException e) {
            return UNREACHABLE;
        }
    }

    private synchronized FutureTask<HealthStatus> current() {
        FutureTask<HealthStatus> task = running;
        if (task == null || task.isDone()) {
            task = new FutureTask<>(this::check);
            running = task;
            Thread thread = new Thread(task, "holdfast-health");
            thread.setDaemon(true);
            thread.start();
        }
        return task;
    }

    private HealthStatus check() {
        long start = System.nanoTime();
        ConnectionSource.Borrowed borrowed;
        try {
            borrowed = source.borrowImpatiently(POOL_PATIENCE);
        } catch (SQLException e) {
            return unhealthy(e);
        }
        HealthStatus status;
        try {
            status = check(borrowed.connection());
            borrowed.connection().close();
        } catch (SQLException e) {
            source.discard(borrowed.connection());
            return unhealthy(e);
        }
        if (status != HEALTHY) {
            return status;
        }
        if (borrowed.exhausted()) {
            return EXHAUSTED;
        }
        return System.nanoTime() - start > slowFrom.toNanos() ? SLOW : HEALTHY;
    }

    private HealthStatus check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql.health)) {
            row.next();
            if (row.getBoolean(1)) {
                return READ_ONLY;
            }
            return row.getBoolean(2) ? HEALTHY : RIGHTS_MISSING;
        }
    }

    private static HealthStatus unhealthy(SQLException failure) {
        Diagnosis diagnosis = new Diagnosis(failure);
        if (diagnosis.tableMissing()) {
            return TABLE_MISSING;
        }
        if (diagnosis.rightsMissing()) {
            return RIGHTS_MISSING;
        }
        return diagnosis.loginRefused() ? LOGIN_REFUSED : UNREACHABLE;
    }
}
