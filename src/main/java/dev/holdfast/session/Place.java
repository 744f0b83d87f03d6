package dev.holdfast.session;

import dev.holdfast.store.IdHash;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * Where one copy stands among this node's. Holds it softly: a copy in use is held by the requests that use it, and an idle one is
 * only there to save a fetch, so that the memory it takes is anybody's who needs it. A copy of values that no row has is held firmly.
 *
 * <p>What {@link IdleCopies} notes here is guarded by the monitor, and may be looked at without.
 */
final class Place extends SoftReference<SessionCopy> {
    final IdHash key;

    private @Nullable SessionCopy pinned;

    /**
     * Whether the session began here, and nobody is known to have come back to it since: that is found out when its turn to go comes.
     * Written with the monitor.
     */
    volatile boolean justBegun;

    /** Whether it is counted among the idle ones. */
    volatile boolean counted;

    /** For how many bytes it is counted. */
    volatile long bytes;

    /** Whether it was used once more since it joined the queue, or since its last second chance. */
    volatile boolean usedAgain;

    volatile long usedNanos = System.nanoTime();

    Place(IdHash key, SessionCopy copy, ReferenceQueue<SessionCopy> cleared) {
        super(copy, cleared);
        this.key = key;
        this.justBegun = copy.life() == SessionCopy.Life.NEW;
        pinIfNeeded(copy);
    }

    /** @return whether the copy holds values that live on this node only, so that nobody may drop it */
    synchronized boolean pinIfNeeded(SessionCopy copy) {
        if (copy.holdsNodeLocalValues()) {
            pinned = copy;
        }
        return pinned != null;
    }

    /** Whether the copy may be let go of now: no request uses it, and no value would be lost. */
    boolean isIdle() {
        SessionCopy copy = get();
        return copy == null || !(copy.isInUse() || copy.holdsNodeLocalValues());
    }
}
