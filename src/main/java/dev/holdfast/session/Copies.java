package dev.holdfast.session;

import dev.holdfast.store.IdHash;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * This node's copies of sessions, by id. There is never more than one of a session that is in use; it is joined within the map's own
 * lock, so that nobody lets go of it meanwhile. One that is not in use stays as long as {@link IdleCopies} has room for it, nobody
 * needs its memory, and it was used lately: whoever comes in that while asks the database whether it is still
 * current, and need not fetch it again. Safe for use by many threads.
 */
final class Copies {
    private final ConcurrentHashMap<IdHash, Place> places = new ConcurrentHashMap<>();
    private final ReferenceQueue<SessionCopy> cleared = new ReferenceQueue<>();
    private final IdleCopies idle;

    Copies(IdleCopies idle) {
        this.idle = idle;
    }

    /** All of them, in use or not. */
    List<SessionCopy> all() {
        List<SessionCopy> all = new ArrayList<>();
        for (Place place : places.values()) {
            SessionCopy copy = place.get();
            if (copy != null) {
                all.add(copy);
            }
        }
        return all;
    }

    int size() {
        return places.size();
    }

    @Nullable
    SessionCopy held(IdHash key) {
        Place place = places.get(key);
        return place == null ? null : place.get();
    }

    /** The copy of this id, which the request uses from now on. */
    @Nullable
    SessionCopy join(IdHash key, @Nullable RequestScope request) {
        Place place = places.computeIfPresent(key, (k, present) -> joined(present.get(), request) ? present : null);
        return place == null ? null : place.get();
    }

    /** The same; if there is none, this one. */
    SessionCopy joinOrAdd(SessionCopy fresh, @Nullable RequestScope request) {
        while (true) {
            Place place = places.compute(fresh.key(), (key, present) -> {
                if (present != null && joined(present.get(), request)) {
                    return present;
                }
                joined(fresh, request);
                return new Place(key, fresh, cleared);
            });
            SessionCopy copy = place.get();
            if (copy != null) {
                return copy;
            }
        }
    }

    private static boolean joined(@Nullable SessionCopy copy, @Nullable RequestScope request) {
        if (copy != null && request != null) {
            request.use(copy);
        }
        return copy != null;
    }

    /** Adds a copy, unless there is one of its id. */
    void add(SessionCopy copy) {
        joinOrAdd(copy, null);
    }

    /** @return whether it was there under this id */
    boolean remove(IdHash key, SessionCopy copy) {
        Place place = places.get(key);
        if (place == null || place.get() != copy || !places.remove(key, place)) {
            return false;
        }
        idle.uncount(place);
        return true;
    }

    /**
     * A request has left this copy, or something outside any request has changed it. If no request uses it, it stays as one that was
     * used last, and others go in its stead; or goes, if there is no room.
     */
    void released(SessionCopy copy) {
        idle(copy, true);
    }

    /** The same, without its having been used: whoever asks wants to be sure that it counts. */
    void idle(SessionCopy copy) {
        idle(copy, false);
    }

    private void idle(SessionCopy copy, boolean isUse) {
        Place place = copy.hasBegun() ? places.get(copy.key()) : null;
        if (place == null || place.get() != copy || place.pinIfNeeded(copy) || copy.isInUse()) {
            return;
        }
        long size = copy.sizeBytes();
        if (!idle.admits(size)) {
            drop(place);
            return;
        }
        idle.count(place, size, isUse);
        if (places.get(place.key) != place) {
            // It ended, or got another id, just now.
            idle.uncount(place);
        }
        dropCleared();
        for (Place surplus = idle.surplus(); surplus != null; surplus = idle.surplus()) {
            drop(surplus);
        }
    }

    /**
     * Lets go of the copies that no request has used for so long; and sees to it that those count which came to be idle without
     * a request's end.
     */
    void dropIdle(Duration longest) {
        dropCleared();
        long now = System.nanoTime();
        for (Place place : places.values()) {
            SessionCopy copy = place.get();
            if (copy == null || !place.isIdle()) {
                continue;
            }
            if (now - place.usedNanos >= longest.toNanos()) {
                drop(place);
            } else if (!place.counted) {
                idle(copy);
            }
        }
        idle.tidy();
    }

    /**
     * Whoever joins does so before this looks, or finds nothing. Uncounted twice: before, so that a request which leaves after this
     * has looked counts it again; and after, for one that has just done so in vain.
     */
    private void drop(Place place) {
        idle.uncount(place);
        Place left = places.computeIfPresent(
                place.key, (key, present) -> present == place && present.isIdle() ? null : present);
        if (left != place) {
            idle.uncount(place);
        }
    }

    /** What the collector has taken, because memory was short. */
    private void dropCleared() {
        for (Reference<? extends SessionCopy> gone = cleared.poll(); gone != null; gone = cleared.poll()) {
            Place place = (Place) gone;
            places.remove(place.key, place);
            idle.uncount(place);
        }
    }
}
