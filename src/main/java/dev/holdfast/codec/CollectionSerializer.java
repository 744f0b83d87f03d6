package dev.holdfast.codec;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A collection of the JDK's: its comparator if it may have one, the number of its elements, and each. */
final class CollectionSerializer<T extends Collection<@Nullable Object>> extends GraphSerializer<T>
        implements Snapshotting {
    private final Function<Collection<?>, @Nullable Object[]> snapshots;
    private final @Nullable Function<T, @Nullable Comparator<?>> comparators;
    private final Maker<T> maker;

    /** Makes an empty collection for so many elements. */
    interface Maker<T> {
        T make(@Nullable Comparator<@Nullable Object> comparator, int count);
    }

    /** @param comparators null if such a collection never has one */
    CollectionSerializer(
            Function<Collection<?>, @Nullable Object[]> snapshots,
            @Nullable Function<T, @Nullable Comparator<?>> comparators,
            Maker<T> maker) {
        this.snapshots = snapshots;
        this.comparators = comparators;
        this.maker = maker;
    }

    @Override
    public @Nullable Object[] snapshot(Object value) {
        return snapshots.apply((Collection<?>) value);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object copy(Object value) {
        @Nullable Object[] elements = snapshot(value);
        Comparator<?> comparator = comparators == null ? null : comparators.apply((T) value);
        T copy = maker.make((Comparator<@Nullable Object>) comparator, elements.length);
        Collections.addAll(copy, elements);
        return copy;
    }

    @Override
    void write(Graph graph, GraphOutput out, T value) {
        if (comparators != null) {
            Comparators.write(graph, out, comparators.apply(value));
        }
        @Nullable Object[] elements = graph.takeSnapshot(value);
        if (elements == null) {
            elements = snapshot(value);
        }
        out.writeVarInt(elements.length, true);
        for (int i = 0; i < elements.length; i++) {
            graph.writeElement(out, elements[i], i);
        }
    }

    @Override
    T read(Graph graph, GraphInput in) {
        Comparator<@Nullable Object> comparator = comparators == null ? null : Comparators.read(graph, in);
        int count = in.count(1);
        T collection = maker.make(comparator, count);
        graph.reference(collection);
        for (int i = 0; i < count; i++) {
            collection.add(graph.readValue(in));
        }
        return collection;
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        if (comparators != null) {
            graph.skipValue(in);
        }
        graph.skipValues(in, in.count(1));
    }
}
