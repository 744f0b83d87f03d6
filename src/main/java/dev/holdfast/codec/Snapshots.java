package dev.holdfast.codec;

import java.util.Arrays;
import java.util.Collection;
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

    /** For collections whose iterator notices changes. */
    static @Nullable Object[] ofFailFast(Collection<?> source) {
        return take(source, () -> {
            @Nullable Object[] elements = new @Nullable Object[source.size()];
            Iterator<?> iterator = source.iterator();
            int count = 0;
            while (iterator.hasNext()) {
                elements[count++] = iterator.next();
            }
            return count == elements.length ? elements : Arrays.copyOf(elements, count);
        });
    }

    /** For collections that lock, or whose iterators are weakly consistent. */
    static @Nullable Object[] ofConcurrent(Collection<?> source) {
        return take(source, source::toArray);
    }

    /** Keys and values in turn, of a map whose iterator notices changes. */
    static @Nullable Object[] ofFailFast(Map<?, ?> source) {
        return take(source, () -> {
            @Nullable Object[] entries = new @Nullable Object[source.size() * 2];
            int count = 0;
            for (Map.Entry<?, ?> entry : source.entrySet()) {
                entries[count++] = entry.getKey();
                entries[count++] = entry.getValue();
            }
            return count == entries.length ? entries : Arrays.copyOf(entries, count);
        });
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
