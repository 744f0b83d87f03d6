package dev.holdfast.session;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Collection;

/** Tells actors that are busy from those that cannot go on before another one has had its turn. */
interface Obstacle {
    /**
     * @param busy the thread of an actor that has not come back for its next turn
     * @param waiting the threads of the actors that are waiting for theirs
     * @return whether the first is held up by what one of the others holds
     */
    boolean holdsUp(Thread busy, Collection<Thread> waiting);

    /** How long an actor may be busy before it is worth a look. */
    Duration glance();

    /** Nothing ever stands in anybody's way. */
    static Obstacle none() {
        return new Obstacle() {
            @Override
            public boolean holdsUp(Thread busy, Collection<Thread> waiting) {
                return false;
            }

            @Override
            public Duration glance() {
                return Duration.ofSeconds(1);
            }
        };
    }

    /** A lock of this JVM: two requests of one session on one node. */
    static Obstacle locks() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return new Obstacle() {
            @Override
            public boolean holdsUp(Thread busy, Collection<Thread> waiting) {
                ThreadInfo info = threads.getThreadInfo(busy.getId());
                // The owner waits for its turn, so it cannot let go in this very moment.
                return info != null && waiting.stream().anyMatch(other -> other.getId() == info.getLockOwnerId());
            }

            @Override
            public Duration glance() {
                return Duration.ofNanos(200_000);
            }
        };
    }
}
