package dev.holdfast.tomcat;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Sessions about which this node knows something that holds for a while: each until a moment of its own, measured on a steady
 * clock. Bounded: what finds no room is not remembered. Safe for use by many threads.
 */
final class QuietSessions {
    /** About 130 bytes each (id, its 32 characters, moment, node of the map): not more than 7 MB. */
    static final int MOST = 50_000;

    private final ConcurrentHashMap<String, Long> until = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    QuietSessions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Remembers a session until this moment, in place of what was remembered of it before. */
    void add(String id, long untilNanoTime) {
        if (until.mappingCount() < MOST || until.containsKey(id)) {
            until.put(id, untilNanoTime);
        }
    }

    /** Whether the session is remembered and its moment has not come. */
    boolean contains(String id) {
        Long end = until.get(id);
        return end != null && !isOver(end);
    }

    /** Forgets a session. Whoever adds it at the same time and looks afterwards at what caused this sees that. */
    void remove(String id) {
        // Unlike remove(), compute() takes the bin's lock also where there is nothing: a fence on both sides.
        until.compute(id, (same, end) -> null);
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
