package dev.holdfast.codec;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The comparator of a sorted collection, which can only be made once its comparator is there. */
final class Comparators {
    private Comparators() {}

    static void write(Graph graph, GraphOutput out, @Nullable Comparator<?> comparator) {
        int number = graph.openLate();
        graph.writePart(out, comparator, ".comparator");
        graph.closeLate(number);
    }

    @SuppressWarnings("unchecked")
    static @Nullable Comparator<@Nullable Object> read(Graph graph, GraphInput in) {
        return (Comparator<@Nullable Object>) graph.readValue(in);
    }
}
