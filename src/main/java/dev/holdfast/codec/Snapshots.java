package dev.holdfast.codec;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is in a JDK collection at a moment, taken before its size is written: other requests may be changing it. Only for
 * classes whose iterators run no code of the application.
 */
final class Snapshots {
    private static final int MOST_ATTEMPTS = 64;

    private Snapshots() {}

    /** Repeats what fails because another thread changes the object meanwhile. */
    @SuppressWarnings("ThreadPriorityCheck") // politeness: nothing depends on it
    static <T> T take(Object source, Supplier<T> attempt) {
        for (int i = 0; i < MOST_ATTEMPTS; i++) {
            try {
                return attempt.get();
            } catch (RuntimeException e) {
                // ConcurrentModificationException, or whatever else an object shows that is seen half changed
                Thread.yield();
            }
        }
        throw changing(source);
    }

    static Refused changing(Object source) {
        return new Refused("a " + source.getClass().getName()
                + " was being changed by another request at each attempt to encode it");
    }

    /**
     * For collections whose iterator notices changes. A linked list may show null for what is just being taken out of it: a null
     * that is not there at a second look was none.
     */
    static @Nullable Object[] ofFailFast(Collection<?> source) {
        return take(source, () -> {
            @Nullable Object[] elements = gather(source);
            // by identity: no code of the application's
            if (Arrays.asList(elements).contains(null)
                    && !Arrays.equals(elements, gather(source), (a, b) -> a == b ? 0 : 1)) {
                throw new ConcurrentModificationException();
            }
            return elements;
        });
    }

    /** As {@link #ofFailFast(Collection)}, of a collection that cannot have null, but may seem to while it is changed. */
    static @Nullable Object[] ofFailFastWithoutNull(Collection<?> source) {
        return take(source, () -> {
            @Nullable Object[] elements = gather(source);
            for (Object element : elements) {
                if (element == null) {
                    throw new ConcurrentModificationException();
                }
            }
            return elements;
        });
    }

    /**
     * Whatever the iterator shows: an unguarded collection may not know its own size any more after two threads have changed it
     * at once. But no more than a few times of that, since it may also have come to lead in a circle.
     */
    private static @Nullable Object[] gather(Collection<?> source) {
        int size = Math.max(source.size(), 0);
        @Nullable Object[] elements = new @Nullable Object[size];
        int count = 0;
        for (Object element : source) {
            if (count == elements.length) {
                elements = grown(elements, size);
            }
            elements[count++] = element;
        }
        return count == elements.length ? elements : Arrays.copyOf(elements, count);
    }

    private static @Nullable Object[] grown(@Nullable Object[] parts, int expected) {
        if (parts.length > 4 * (expected + 256)) {
            throw new ConcurrentModificationException();
        }
        return Arrays.copyOf(parts, parts.length * 2 + 2);
    }

    /** For collections that lock, or whose iterators are weakly consistent. */
    static @Nullable Object[] ofConcurrent(Collection<?> source) {
        return take(source, source::toArray);
    }

    /** Keys and values in turn, of a map whose iterator notices changes. */
    static @Nullable Object[] ofFailFast(Map<?, ?> source) {
        return take(source, () -> gather(source));
    }

    /**
     * As {@link #ofFailFast(Map)}, of an {@code IdentityHashMap}, whose entries are places in a table: what an entry shows may be
     * another's by now, or nobody's. A change that began meanwhile shows in the iterator; one that began before and is not yet
     * through (its thread may have lost the processor in the midst of it) only in that the map counts other entries than it shows.
     */
    static @Nullable Object[] ofIdentityHashMap(Map<?, ?> source) {
        return take(source, () -> {
            Iterator<?> witness = source.keySet().iterator();
            @Nullable Object[] entries = gather(source);
            VarHandle.acquireFence(); // what follows is looked at after the entries
            if (witness.hasNext()) {
                witness.next();
            } else if (entries.length > 0) {
                // emptied meanwhile: the witness has nothing to say then
                throw new ConcurrentModificationException();
            }
            if (entries.length != source.size() * 2 && Arrays.asList(entries).contains(null)) {
                throw new ConcurrentModificationException();
            }
            return entries;
        });
    }

    private static @Nullable Object[] gather(Map<?, ?> source) {
        int size = Math.max(source.size(), 0);
        @Nullable Object[] entries = new @Nullable Object[size * 2];
        int count = 0;
        for (Map.Entry<?, ?> entry : source.entrySet()) {
            if (count == entries.length) {
                entries = grown(entries, size);
            }
            entries[count++] = entry.getKey();
            entries[count++] = entry.getValue();
        }
        return count == entries.length ? entries : Arrays.copyOf(entries, count);
    }

    /** As {@link #ofFailFast(Map)}, of a map that guards itself with its monitor. */
    static @Nullable Object[] ofSynchronized(Map<?, ?> source) {
        synchronized (source) {
            return ofFailFast(source);
        }
    }

    /** As {@link #ofFailFast(Map)}, of a map whose iterators are weakly consistent, so that its size may differ meanwhile. */
    static @Nullable Object[] ofConcurrent(Map<?, ?> source) {
        return take(source, () -> {
            @Nullable Object[] entries = new @Nullable Object[source.size() * 2 + 2];
            int count = 0;
            for (Map.Entry<?, ?> entry : source.entrySet()) {
                if (count == entries.length) {
                    entries = Arrays.copyOf(entries, count * 2);
                }
                entries[count++] = entry.getKey();
                entries[count++] = entry.getValue();
            }
            return Arrays.copyOf(entries, count);
        });
    }
}
