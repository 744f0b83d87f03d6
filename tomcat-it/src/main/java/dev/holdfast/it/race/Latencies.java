package dev.holdfast.it.race;

import java.util.Arrays;

/** How long things took. Safe for use by many threads. */
final class Latencies {
    private long[] micros = new long[1_024];
    private int count;

    synchronized void add(long nanos) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, 2 * count);
        }
        micros[count++] = nanos / 1_000;
    }

    private long percentile(double share) {
        long[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[Math.min(count - 1, (int) (share * count))];
    }

    @Override
    public synchronized String toString() {
        return String.format(
                "p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                percentile(0.5) / 1e3, percentile(0.99) / 1e3, percentile(1) / 1e3);
    }
}
