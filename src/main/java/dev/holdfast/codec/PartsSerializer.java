package dev.holdfast.codec;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An object of the JDK's that is made of all its parts at once: their number, then each. */
final class PartsSerializer<T> extends GraphSerializer<T> {
    private final Function<T, @Nullable Object[]> parts;
    private final Function<@Nullable Object[], T> maker;

    PartsSerializer(Function<T, @Nullable Object[]> parts, Function<@Nullable Object[], T> maker) {
        this.parts = parts;
        this.maker = maker;
    }

    @Override
    void write(Graph graph, GraphOutput out, T value) {
        int number = graph.openLate();
        @Nullable Object[] all = parts.apply(value);
        out.writeVarInt(all.length, true);
        for (int i = 0; i < all.length; i++) {
            graph.writeElement(out, all[i], i);
        }
        graph.closeLate(number);
    }

    @Override
    T read(Graph graph, GraphInput in) {
        @Nullable Object[] all = new @Nullable Object[in.count(1)];
        for (int i = 0; i < all.length; i++) {
            all[i] = graph.readValue(in);
        }
        return maker.apply(all);
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        graph.skipValues(in, in.count(1));
    }
}
