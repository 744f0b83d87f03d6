package dev.holdfast.tomcat;

import java.time.Duration;

/**
 * How many sessions a sweep takes at once, and how long it rests before it takes the next: few to begin with; more as long as that is
 * quick, so that statements are few; fewer again when it is not, because listeners take their time, so that a batch ends long before
 * its lease.
 *
 * <p>While requests come to this node, a batch takes no longer than they do, and the sweep rests for longer than it works: whoever
 * waits for a processor, here or at the database, gets it soon. A sweep has time; but one that does not come to an end has not:
 * sessions may be expiring faster than that, and the table would grow without end. Not safe for use by several threads.
 */
final class SweepPace {
    static final int FIRST = 20;

    /** Enough to make a statement's own cost small; of a transaction that long, the database notices nothing. */
    static final int LARGEST = 1_000;

    /** However slow a listener is: the next one is not kept waiting for longer. */
    static final Duration LONGEST_REST = Duration.ofMillis(50);

    /** After so much work and rest there is no more rest. */
    static final Duration LONGEST_COURTESY = Duration.ofMinutes(5);

    private static final int REST_PER_WORK = 2;

    private static final Duration QUICK = Duration.ofMillis(250);
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration QUICK_BESIDE_REQUESTS = Duration.ofMillis(5);
    private static final Duration SLOW_BESIDE_REQUESTS = Duration.ofMillis(10);

    private int batch = FIRST;
    private Duration rest = Duration.ZERO;
    private Duration spent = Duration.ZERO;

    /** Sessions to take at once. */
    int batch() {
        return batch;
    }

    /** How long to rest before. */
    Duration rest() {
        return rest;
    }

    /**
     * The last batch took so long.
     *
     * @param besideRequests whether there were requests since the one before
     */
    void worked(Duration time, boolean besideRequests) {
        spent = spent.plus(rest).plus(time);
        boolean courteous = besideRequests && spent.compareTo(LONGEST_COURTESY) < 0;
        if (time.compareTo(courteous ? QUICK_BESIDE_REQUESTS : QUICK) < 0) {
            batch = Math.min(LARGEST, 2 * batch);
        } else if (courteous && batch > FIRST && time.compareTo(SLOW_BESIDE_REQUESTS) > 0) {
            // and no fewer: where the database is far, or its disk slow, it is not their number that takes the time
            batch = Math.max(FIRST, shrunk(time, SLOW_BESIDE_REQUESTS));
        } else if (time.compareTo(SLOW) > 0) {
            batch = Math.max(1, shrunk(time, SLOW));
        }
        rest = courteous ? shorter(time.multipliedBy(REST_PER_WORK), LONGEST_REST) : Duration.ZERO;
    }

    private int shrunk(Duration time, Duration allowed) {
        return (int) (batch * allowed.toNanos() / time.toNanos());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
