package dev.holdfast.codec;

import java.util.ArrayDeque;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Helpers of one thread at a time, to be used again until it is closed. Strong references only and none from static or
 * thread-local places: each of those has kept a web application's class loader alive. Safe for use by many threads.
 */
final class Pool<T> {
    /** More are made when needed and dropped afterwards. */
    private static final int MOST_KEPT = 32;

    private final Supplier<T> maker;
    private final ArrayDeque<T> idle = new ArrayDeque<>();
    private boolean closed;

    Pool(Supplier<T> maker) {
        this.maker = maker;
    }

    /** Does some work with a helper, which is used again only if nothing was thrown: it is in an unknown state then. */
    <R> R use(Function<T, R> work) {
        T helper = borrow();
        if (helper == null) {
            helper = maker.get();
        }
        R result = work.apply(helper);
        giveBack(helper);
        return result;
    }

    private synchronized @Nullable T borrow() {
        return idle.pollLast();
    }

    private synchronized void giveBack(T helper) {
        if (!closed && idle.size() < MOST_KEPT) {
            idle.addLast(helper);
        }
    }

    synchronized void close() {
        closed = true;
        idle.clear();
    }
}
