package dev.holdfast.bench.meter;

/**
 * What one run of one workload against one contestant has cost.
 *
 * @param contestant by its key
 * @param workload by its key
 * @param round from 1
 * @param requests all of them answered rightly
 * @param webNanos CPU of Tomcat
 * @param storeNanos CPU of the database or of Redis
 * @param clientNanos CPU of the client, for comparison
 * @param statements per request; NaN if not counted
 * @param walBytes written during the run
 * @param sizeBefore bytes of the tables
 * @param sizeAfter bytes of the tables
 * @param updates of rows
 * @param hotUpdates of these, heap-only
 */
public record Sample(
        String contestant,
        String workload,
        int round,
        long requests,
        double seconds,
        long webNanos,
        long storeNanos,
        long clientNanos,
        double p50Micros,
        double p99Micros,
        double statements,
        long walBytes,
        long sizeBefore,
        long sizeAfter,
        long updates,
        long hotUpdates) {

    /** Microseconds of CPU in Tomcat, for one request. */
    public double webMicros() {
        return webNanos / 1000.0 / requests;
    }

    /** Microseconds of CPU in the database or in Redis, for one request. */
    public double storeMicros() {
        return storeNanos / 1000.0 / requests;
    }

    public double totalMicros() {
        return webMicros() + storeMicros();
    }

    public double clientMicros() {
        return clientNanos / 1000.0 / requests;
    }

    public double perSecond() {
        return requests / seconds;
    }

    public double walPerRequest() {
        return (double) walBytes / requests;
    }

    /** NaN if nothing was updated. */
    public double hotShare() {
        return updates == 0 ? Double.NaN : (double) hotUpdates / updates;
    }
}
