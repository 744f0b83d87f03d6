package dev.holdfast.session;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock under which the database is asked about one session. What is found out meanwhile may have to be told to the container, which
 * runs application code then: so that is done when the lock has been released.
 */
final class Conversation extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    /** Guarded by the lock. */
    private transient @Nullable Runnable afterwards;

    /** Runs this as soon as the present thread does not hold the lock any more. Once at most while it does. */
    void afterwards(Runnable told) {
        if (isHeldByCurrentThread()) {
            afterwards = told;
        } else {
            told.run();
        }
    }

    @Override
    public void unlock() {
        Runnable left = null;
        if (getHoldCount() == 1) {
            left = afterwards;
            afterwards = null;
        }
        super.unlock();
        if (left != null) {
            left.run();
        }
    }
}
