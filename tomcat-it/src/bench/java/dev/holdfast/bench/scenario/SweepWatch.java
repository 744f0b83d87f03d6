package dev.holdfast.bench.scenario;

import dev.holdfast.bench.meter.Sql;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees when a sweep begins and ends, on a thread and a connection that nobody else uses meanwhile, by questions that cost next to
 * nothing: whether the first of the expired rows is still untouched, and then whether there is still one.
 */
final class SweepWatch {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** In the order of the index, with everything that makes the planner use it. */
    private static final String FIRST_EXPIRED =
            "select id_hash from %s where app = '%s' and expires_at <= now() order by expires_at limit 1";

    private final Sql sql;
    private final String untouched;
    private final String expired;
    private final long total;
    private final CompletableFuture<Long> began = new CompletableFuture<>();
    private final CompletableFuture<Double> rate;

    private SweepWatch(Sql sql, String table) {
        this.sql = sql;
        String first = FIRST_EXPIRED.formatted(table, sql.text("select app from " + table + " limit 1"));
        this.total = sql.number("select count(*) from " + table + " where expires_at <= now()");
        this.untouched =
                "select count(*) from " + table + " where claim is null and id_hash = '" + sql.text(first) + "'";
        this.expired = "select count(*) from (" + first + ") as one";
        this.rate = CompletableFuture.supplyAsync(this::watch);
    }

    /** To be called when the rows have expired and before anybody has found them. */
    static SweepWatch start(Sql sql, String table) {
        return new SweepWatch(sql, table);
    }

    private double watch() {
        awaitNone(untouched);
        long begin = System.nanoTime();
        began.complete(begin);
        awaitNone(expired);
        return total / ((System.nanoTime() - begin) / 1e9);
    }

    private void awaitNone(String count) {
        long latest = System.nanoTime() + LONGEST_NANOS;
        while (sql.number(count) > 0) {
            if (System.nanoTime() - latest > 0) {
                throw new IllegalStateException("some of " + total + " expired sessions were still there");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    boolean hasBegun() {
        return began.isDone() || rate.isDone();
    }

    boolean hasEnded() {
        return rate.isDone();
    }

    /** Expired rows removed a second; waits for the end of the sweep. */
    double rate() {
        return rate.join();
    }
}
