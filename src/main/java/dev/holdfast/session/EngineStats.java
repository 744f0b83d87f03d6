package dev.holdfast.session;

import java.util.concurrent.atomic.LongAdder;

/** What an engine has done since it was made. Each count only grows. Safe for use by many threads. */
public final class EngineStats {
    final LongAdder loads = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder creates = new LongAdder();
    final LongAdder saves = new LongAdder();
    final LongAdder conflicts = new LongAdder();
    final LongAdder touches = new LongAdder();
    final LongAdder rotations = new LongAdder();
    final LongAdder invalidations = new LongAdder();
    final LongAdder expirations = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder unreadable = new LongAdder();
    final LongAdder notStored = new LongAdder();

    EngineStats() {}

    /** Sessions read from the store, current copies included. */
    public long loads() {
        return loads.sum();
    }

    /** Look-ups that found no live session. */
    public long misses() {
        return misses.sum();
    }

    /** Sessions inserted. */
    public long creates() {
        return creates.sum();
    }

    /** Changed sessions written. */
    public long saves() {
        return saves.sum();
    }

    /** Writes that met another node's write and were merged with it. */
    public long conflicts() {
        return conflicts.sum();
    }

    /** Accesses recorded on their own. */
    public long touches() {
        return touches.sum();
    }

    /** Ids changed. */
    public long rotations() {
        return rotations.sum();
    }

    /** Sessions ended by the application here. */
    public long invalidations() {
        return invalidations.sum();
    }

    /** Expired sessions destroyed here. */
    public long expirations() {
        return expirations.sum();
    }

    /** Requests that could not load or save, because the database did not answer or the session was too large. */
    public long failures() {
        return failures.sum();
    }

    /** Rows and entries that did not open or did not decode. */
    public long unreadable() {
        return unreadable.sum();
    }

    /** Attributes that stayed on this node. */
    public long notStored() {
        return notStored.sum();
    }
}
