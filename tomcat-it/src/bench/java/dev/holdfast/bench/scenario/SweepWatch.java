package dev.holdfast.bench.scenario;

import dev.holdfast.bench.meter.Sql;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts what is left of the expired rows, a few times a second, on a thread and a connection that nobody else uses
 * meanwhile.
 */
final class SweepWatch {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Sql sql;
    private final String expiredRows;
    private final long total;
    private final CompletableFuture<Long> began = new CompletableFuture<>();
    private final CompletableFuture<Double> rate;
    private volatile boolean givenUp;

    private SweepWatch(Sql sql, String table) {
        this.sql = sql;
        this.expiredRows = "select count(*) from " + table + " where expires_at <= now()";
        this.total = sql.number(expiredRows);
        this.rate = CompletableFuture.supplyAsync(this::watch);
    }

    static SweepWatch start(Sql sql, String table) {
        return new SweepWatch(sql, table);
    }

    private double watch() {
        long left = total;
        long first = 0;
        long begin = 0;
        while (left > 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (givenUp) {
                throw new IllegalStateException("of " + total + " expired sessions " + left + " were still there");
            }
            left = sql.number(expiredRows);
            if (begin == 0 && left < total) {
                begin = System.nanoTime();
                first = left;
                began.complete(begin);
            }
        }
        // what was gone at the first look had no known beginning; all of it in one look has no rate but this
        long counted = first == 0 ? total : first;
        double seconds = first == 0 ? LOOK_NANOS / 1e9 : (System.nanoTime() - begin) / 1e9;
        return counted / seconds;
    }

    boolean hasBegun() {
        return began.isDone() || rate.isDone();
    }

    boolean hasEnded() {
        return rate.isDone();
    }

    /** Expired rows removed a second, once it has ended. */
    double rate() {
        givenUp = true;
        return rate.join();
    }
}
