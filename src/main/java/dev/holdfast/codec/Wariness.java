package dev.holdfast.codec;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether what certain hooks write has to be proved by reading it back. Not as a rule: reading runs the application's code where
 * no application expects it, so that an object which connects or registers itself when it is read would do so at each save. But
 * once an object was seen to change while it was written, what is written for a while is proved.
 *
 * <p>Safe for use by many threads.
 */
final class Wariness {
    private static final int LASTING_WRITES = 1_000;

    private final AtomicInteger left = new AtomicInteger();

    void alarm() {
        left.set(LASTING_WRITES);
    }

    /** Also counts down. */
    boolean isWary() {
        return left.get() > 0 && left.getAndDecrement() > 0;
    }
}
