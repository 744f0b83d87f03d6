package dev.holdfast.bench.load;

/**
 * What a run of the client was.
 *
 * @param requests how many were answered, all of them rightly
 * @param seconds from the first request to the last answer
 * @param cpuNanos what the client's own thread has used
 */
public record LoadResult(long requests, double seconds, long cpuNanos, Latencies latencies) {
    public double perSecond() {
        return requests / seconds;
    }
}
