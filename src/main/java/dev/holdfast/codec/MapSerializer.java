package dev.holdfast.codec;

import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map of the JDK's: its comparator if it may have one, the number of its entries, and key and value of each. */
final class MapSerializer<T extends Map<@Nullable Object, @Nullable Object>> extends GraphSerializer<T>
        implements Snapshotting {
    private final Function<Map<?, ?>, @Nullable Object[]> snapshots;
    private final @Nullable Function<T, @Nullable Comparator<?>> comparators;
    private final CollectionSerializer.Maker<T> maker;

    /** @param comparators null if such a map never has one */
    MapSerializer(
            Function<Map<?, ?>, @Nullable Object[]> snapshots,
            @Nullable Function<T, @Nullable Comparator<?>> comparators,
            CollectionSerializer.Maker<T> maker) {
        this.snapshots = snapshots;
        this.comparators = comparators;
        this.maker = maker;
    }

    @Override
    public @Nullable Object[] snapshot(Object value) {
        return snapshots.apply((Map<?, ?>) value);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object copy(Object value) {
        @Nullable Object[] entries = snapshot(value);
        Comparator<?> comparator = comparators == null ? null : comparators.apply((T) value);
        T copy = maker.make((Comparator<@Nullable Object>) comparator, entries.length / 2);
        for (int i = 0; i < entries.length; i += 2) {
            copy.put(entries[i], entries[i + 1]);
        }
        return copy;
    }

    @Override
    void write(Graph graph, GraphOutput out, T value) {
        if (comparators != null) {
            Comparators.write(graph, out, comparators.apply(value));
        }
        @Nullable Object[] entries = graph.takeSnapshot(value);
        writeEntries(graph, out, entries == null ? snapshot(value) : entries);
    }

    @Override
    T read(Graph graph, GraphInput in) {
        Comparator<@Nullable Object> comparator = comparators == null ? null : Comparators.read(graph, in);
        int count = in.count(2);
        T map = maker.make(comparator, count);
        graph.reference(map);
        readEntries(graph, in, map, count);
        return map;
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        if (comparators != null) {
            graph.skipValue(in);
        }
        skipEntries(graph, in);
    }

    static void writeEntries(Graph graph, GraphOutput out, @Nullable Object[] keysAndValues) {
        int count = keysAndValues.length / 2;
        out.writeVarInt(count, true);
        for (int i = 0; i < count; i++) {
            graph.writeEntry(out, keysAndValues[2 * i], keysAndValues[2 * i + 1], i);
        }
    }

    static void readEntries(Graph graph, GraphInput in, Map<@Nullable Object, @Nullable Object> map, int count) {
        for (int i = 0; i < count; i++) {
            Object key = graph.readValue(in);
            map.put(key, graph.readValue(in));
        }
    }

    static void skipEntries(Graph graph, GraphInput in) {
        int count = in.count(2);
        graph.skipValues(in, count);
        graph.skipValues(in, count);
    }

    /** The capacity with which a hash table takes so many entries without growing. */
    static int capacityFor(int count) {
        return (int) Math.min(1 << 30, count * 4L / 3 + 1);
    }
}
