package dev.holdfast.codec;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** An enum set as the enum and its constants; an empty set of an empty enum does not tell its enum. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class EnumSets implements FallbackSerializer.ShortForm<EnumSet, EnumSets.Contents> {
    /** What was in it at a moment. */
    record Contents(Class<?> enumType, Object[] constants) {}

    @Override
    public @Nullable Contents of(EnumSet value) {
        return Snapshots.take(value, () -> contentsOf(value.clone()));
    }

    private static @Nullable Contents contentsOf(EnumSet copy) {
        // a large set that was changed while it was cloned may not know its own size: only the constants count
        Object[] constants = copy.toArray();
        Object[] sample =
                constants.length > 0 ? constants : EnumSet.complementOf(copy).toArray();
        return sample.length == 0 ? null : new Contents(((Enum<?>) sample[0]).getDeclaringClass(), constants);
    }

    @Override
    public void write(Graph graph, GraphOutput out, Contents state) {
        graph.writePart(out, state.enumType(), "");
        Object[] constants = state.constants();
        out.writeVarInt(constants.length, true);
        for (int i = 0; i < constants.length; i++) {
            graph.writeElement(out, constants[i], i);
        }
    }

    @Override
    public EnumSet read(Graph graph, GraphInput in) {
        EnumSet set = EnumSet.noneOf(readEnum(graph, in));
        int count = in.count(1);
        for (int i = 0; i < count; i++) {
            set.add(graph.readValue(in));
        }
        return set;
    }

    @Override
    public void skip(Graph graph, GraphInput in) {
        graph.skipValue(in);
        graph.skipValues(in, in.count(1));
    }

    static Class readEnum(Graph graph, GraphInput in) {
        if (graph.readValue(in) instanceof Class type && type.isEnum()) {
            return type;
        }
        throw new UndecodableException("an enum collection whose class is no enum any more", null);
    }
}
