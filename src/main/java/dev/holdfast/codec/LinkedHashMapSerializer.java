package dev.holdfast.codec;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** As {@link MapSerializer}, after a byte that is 1 if the map is in the order of access. */
@SuppressWarnings("NonApiType") // it is about exactly this class
final class LinkedHashMapSerializer extends GraphSerializer<LinkedHashMap<@Nullable Object, @Nullable Object>>
        implements Snapshotting {
    private static final float LOAD_FACTOR = 0.75f;

    @Override
    public @Nullable Object[] snapshot(Object value) {
        return Snapshots.ofFailFast((LinkedHashMap<?, ?>) value);
    }

    @Override
    public Object copy(Object value) {
        return cloneOf((LinkedHashMap<?, ?>) value);
    }

    @SuppressWarnings("unchecked")
    private static LinkedHashMap<Object, Object> cloneOf(LinkedHashMap<?, ?> map) {
        return Snapshots.take(map, () -> (LinkedHashMap<Object, Object>) map.clone());
    }

    @Override
    void write(Graph graph, GraphOutput out, LinkedHashMap<@Nullable Object, @Nullable Object> value) {
        @Nullable Object[] entries = graph.takeSnapshot(value);
        out.writeBoolean(isAccessOrdered(value));
        MapSerializer.writeEntries(graph, out, entries == null ? snapshot(value) : entries);
    }

    /** The map does not tell, and its fields are out of reach; but a clone is of the same order, and may be tried out. */
    private static boolean isAccessOrdered(LinkedHashMap<?, ?> map) {
        LinkedHashMap<Object, Object> trial = cloneOf(map);
        if (trial.size() < 2 || !(firstKey(trial) instanceof String)) {
            // nothing to try it with that is sure to be none of the application's code
            trial.clear();
            trial.put("1", 1);
            trial.put("2", 2);
        }
        Object first = firstKey(trial);
        trial.get(first);
        return firstKey(trial) != first;
    }

    private static @Nullable Object firstKey(LinkedHashMap<?, ?> map) {
        return map.keySet().iterator().next();
    }

    @Override
    LinkedHashMap<@Nullable Object, @Nullable Object> read(Graph graph, GraphInput in) {
        boolean accessOrdered = in.readBoolean();
        int count = in.count(2);
        LinkedHashMap<@Nullable Object, @Nullable Object> map =
                new LinkedHashMap<>(MapSerializer.capacityFor(count), LOAD_FACTOR, accessOrdered);
        graph.reference(map);
        MapSerializer.readEntries(graph, in, map, count);
        return map;
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        in.skipBytes(1);
        MapSerializer.skipEntries(graph, in);
    }
}
