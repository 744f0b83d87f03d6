package dev.holdfast.tomcat;

import java.time.Duration;

/**
 * How many sessions a sweep takes at once: few to begin with, more as long as that is quick, so that statements are few; fewer again
 * when it is not, because listeners take their time, so that a batch ends long before its lease. Not safe for use by several threads.
 */
final class BatchSize {
    static final int FIRST = 20;

    /** Enough to make a statement's own cost small; of a transaction that long, requests notice nothing. */
    static final int LARGEST = 1_000;

    private static final Duration QUICK = Duration.ofMillis(250);
    private static final Duration SLOW = Duration.ofSeconds(1);

    private int size = FIRST;

    int get() {
        return size;
    }

    /** The last batch took so long. */
    void took(Duration time) {
        if (time.compareTo(QUICK) < 0) {
            size = Math.min(LARGEST, 2 * size);
        } else if (time.compareTo(SLOW) > 0) {
            size = (int) Math.max(1, size * SLOW.toMillis() / time.toMillis());
        }
    }
}
