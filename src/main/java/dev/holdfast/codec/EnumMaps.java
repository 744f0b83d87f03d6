package dev.holdfast.codec;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An enum map as the enum and its entries; an empty one does not tell its enum. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class EnumMaps implements FallbackSerializer.ShortForm<EnumMap, Object[]> {
    @Override
    public Object @Nullable [] of(EnumMap value) {
        // of a clone: an entry whose key is removed meanwhile would show null
        Object[] entries = Snapshots.take(value, () -> Snapshots.ofConcurrent((Map<?, ?>) value.clone()));
        return entries.length == 0 ? null : entries;
    }

    /** It was empty when it was looked at, and may not be any more. */
    @Override
    public EnumMap rest(EnumMap value) {
        EnumMap empty = value.clone();
        empty.clear();
        return empty;
    }

    @Override
    public void write(Graph graph, GraphOutput out, Object[] state) {
        graph.writePart(out, ((Enum<?>) state[0]).getDeclaringClass(), "");
        MapSerializer.writeEntries(graph, out, state);
    }

    @Override
    public EnumMap read(Graph graph, GraphInput in) {
        EnumMap map = new EnumMap(EnumSets.readEnum(graph, in));
        MapSerializer.readEntries(graph, in, map, in.count(2));
        return map;
    }

    @Override
    public void skip(Graph graph, GraphInput in) {
        graph.skipValue(in);
        MapSerializer.skipEntries(graph, in);
    }
}
