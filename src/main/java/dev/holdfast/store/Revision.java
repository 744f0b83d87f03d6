package dev.holdfast.store;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The number that a write gives its row: drawn at random, so that nobody else has the same by accident, and positive. Of its 63 bits
 * the upper 12 stay as they are as long as the base does. So whoever holds an older revision can be answered without the base; that it
 * is the same is likely then, and has to be proven by what is sealed for it. The lower 51 are drawn for each write: that two of one
 * session are equal has a chance of 2<sup>-51</sup>.
 */
public final class Revision {
    static final int DRAWN_BITS = 51;

    private static final int BASE_BITS = 63 - DRAWN_BITS;

    private Revision() {}

    /** For a write that replaces the base. */
    public static long ofNewBase() {
        return drawn(ThreadLocalRandom.current().nextLong(1L << BASE_BITS));
    }

    /** For a write that leaves the base as it is in the row of this revision. */
    public static long after(long revision) {
        return drawn(revision >> DRAWN_BITS);
    }

    /** Whether the base may be the same at both. */
    static boolean mayShareBase(long one, long other) {
        return one >> DRAWN_BITS == other >> DRAWN_BITS;
    }

    private static long drawn(long base) {
        return base << DRAWN_BITS | ThreadLocalRandom.current().nextLong(1, 1L << DRAWN_BITS);
    }
}
