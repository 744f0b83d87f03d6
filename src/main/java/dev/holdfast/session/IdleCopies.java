package dev.holdfast.session;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which of the copies that no request uses stay: not more than so many, of not more than so many bytes, the least recently used
 * going first. A queue with a second chance instead of a list in order of use: that a copy which is counted already is used once
 * more costs no atomic operation and no lock that another session's request could wait for.
 *
 * <p>Sessions to which nobody has come back since they began have a queue of their own, go before all others, and are few: robots begin
 * one with each request, and would drive out everybody else's. Who comes back later than that has his session fetched once.
 *
 * <p>A copy that is used again stays counted, and is uncounted only when its turn to go comes: the bounds hold for the idle ones all
 * the more. Safe for use by many threads.
 */
public final class IdleCopies {
    /** What a copy takes before there is anything in it, with Tomcat's session object. */
    private static final int OWN_BYTES = 4_000;

    private static final int ENTRY_BYTES = 700;
    private static final int LIVE_FACTOR = 4;

    /** Of all that may stay, one in so many may have just begun. */
    private static final int SHARE_OF_BEGUN = 16;

    /** But for so many of them there is always room, as far as there is any at all. */
    private static final int FEW_BEGUN = 64;

    private final int mostCopies;
    private final long mostBytes;
    private final int mostBegun;
    private final ConcurrentLinkedQueue<Place> queue = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Place> begun = new ConcurrentLinkedQueue<>();

    /** How many of the counted ones have just begun, as far as is known. */
    private final AtomicInteger begunCopies = new AtomicInteger();

    private final AtomicInteger copies = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    IdleCopies(int mostCopies, long mostBytes) {
        this.mostCopies = mostCopies;
        this.mostBytes = mostBytes;
        this.mostBegun = Math.max(mostCopies / SHARE_OF_BEGUN, Math.min(mostCopies, FEW_BEGUN));
    }

    /**
     * About as many bytes as a copy takes in memory once every entry has been decoded. By the heap before and after 1,000 to 10,000
     * copies (Java 17, compressed references): a shop's session of 22 attributes, 2,351 bytes encoded, took 12,149 bytes before
     * anything was decoded and 29,306 afterwards, this says 30,000; 100 small maps 102,790 (87,000); a list of 3,000 numbers 88,232
     * (55,000); one text of 20,000 characters 44,417 (87,000).
     */
    static long sizeBytes(int entries, int encodedBytes) {
        return OWN_BYTES + (long) ENTRY_BYTES * entries + (long) LIVE_FACTOR * encodedBytes;
    }

    /** How many there are. One that a request has come back to may still be among them. */
    public int copies() {
        return copies.get();
    }

    /** About as many bytes of memory as they take. */
    public long bytes() {
        return bytes.get();
    }

    /** Whether there could be room for it, were there no others. */
    boolean admits(long size) {
        return mostCopies > 0 && size <= mostBytes;
    }

    /**
     * No request uses this copy, which takes so many bytes now. Afterwards there may be {@link #surplus}.
     *
     * @param isUse whether it has just been used
     */
    void count(Place place, long size, boolean isUse) {
        if (isUse) {
            place.usedNanos = System.nanoTime();
        }
        if (place.counted && place.bytes == size) {
            if (isUse) {
                place.usedAgain = true;
            }
            return;
        }
        boolean isNew;
        boolean hasJustBegun;
        synchronized (place) {
            isNew = !place.counted;
            hasJustBegun = place.justBegun;
            place.counted = true;
            place.usedAgain = !isNew && (isUse || place.usedAgain);
            bytes.addAndGet(size - place.bytes);
            place.bytes = size;
            if (isNew && hasJustBegun) {
                begunCopies.incrementAndGet();
            }
        }
        if (isNew) {
            copies.incrementAndGet();
            (hasJustBegun ? begun : queue).add(place);
        }
    }

    /** @return whether it was counted */
    boolean uncount(Place place) {
        synchronized (place) {
            if (!place.counted) {
                return false;
            }
            place.counted = false;
            bytes.addAndGet(-place.bytes);
            place.bytes = 0;
            begunNoMore(place);
        }
        copies.decrementAndGet();
        return true;
    }

    /** Somebody has come back; or it loses its place, and if a request uses it just now, that one has. The monitor is held. */
    private void begunNoMore(Place place) {
        if (place.justBegun) {
            place.justBegun = false;
            begunCopies.decrementAndGet();
        }
    }

    /**
     * Takes one out of the count, if there are too many: it goes now, unless a request is using it.
     *
     * @return {@code null} if there are not, or none can be had at this moment
     */
    @Nullable
    Place surplus() {
        while (begunCopies.get() > mostBegun || isOver()) {
            Place place = begun.poll();
            if (place != null && !place.justBegun) {
                // It has lost its place here; if it counts, then in the other queue.
                continue;
            }
            if (place == null && isOver()) {
                place = queue.poll();
            }
            if (place == null) {
                // Another thread has the last one in its hands, or is about to add it.
                return null;
            }
            if (takeSecondChance(place)) {
                queue.add(place);
            } else if (uncount(place)) {
                return place;
            }
        }
        return null;
    }

    private boolean takeSecondChance(Place place) {
        synchronized (place) {
            if (!place.counted || !place.usedAgain) {
                return false;
            }
            place.usedAgain = false;
            begunNoMore(place);
            return true;
        }
    }

    private boolean isOver() {
        return copies.get() > mostCopies || bytes.get() > mostBytes;
    }

    /** Lets go of what has left without its turn having come. */
    void tidy() {
        queue.removeIf(place -> !place.counted);
        begun.removeIf(place -> !place.counted);
    }
}
