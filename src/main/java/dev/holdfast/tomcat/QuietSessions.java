package dev.holdfast.tomcat;

import dev.holdfast.store.IdHash;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Sessions about which this node knows something that holds for a while: each until a moment of its own, measured on a steady
 * clock. Bounded: what finds no room is not remembered. Safe for use by many threads.
 */
final class QuietSessions {
    /** About 130 bytes each (key, its 32 bytes, moment, node of the map): not more than 7 MB. */
    static final int MOST = 50_000;

    private final ConcurrentHashMap<IdHash, Long> until = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    QuietSessions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Remembers a session until this moment, in place of what was remembered of it before. */
    void add(IdHash key, long untilNanoTime) {
        if (until.mappingCount() < MOST || until.containsKey(key)) {
            until.put(key, untilNanoTime);
        }
    }

    /** Whether the session is remembered and its moment has not come. */
    boolean contains(IdHash key) {
        Long end = until.get(key);
        return end != null && !isOver(end);
    }

    /** Forgets a session. Whoever adds it at the same time and looks afterwards at what caused this sees that. */
    void remove(IdHash key) {
        // Unlike remove(), compute() takes the bin's lock also where there is nothing: a fence on both sides.
        until.compute(key, (k, end) -> null);
    }

    /** Lets go of what is over. */
    void prune() {
        until.values().removeIf(this::isOver);
    }

    int size() {
        return until.size();
    }

    private boolean isOver(long end) {
        return nanoTime.getAsLong() - end >= 0;
    }
}
