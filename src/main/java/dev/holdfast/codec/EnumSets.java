package dev.holdfast.codec;

import java.util.Collection;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** An enum set as the enum and its constants. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class EnumSets implements FallbackSerializer.ShortForm<EnumSet, EnumSet> {
    @Override
    public @Nullable EnumSet of(EnumSet value) {
        EnumSet copy = value.clone();
        return copy.isEmpty() && EnumSet.complementOf(copy).isEmpty() ? null : copy;
    }

    @Override
    public void write(Graph graph, GraphOutput out, EnumSet state) {
        Collection<Enum> either = state.isEmpty() ? EnumSet.complementOf(state) : state;
        graph.writePart(out, either.iterator().next().getDeclaringClass(), "");
        Object[] constants = state.toArray();
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
