package dev.holdfast.codec;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An object of the JDK's that is written through its hooks, but as a copy that stands still and has been put in order. */
final class CloneSerializer<T> extends GraphSerializer<T> {
    private final Class<T> type;
    private final UnaryOperator<T> copy;

    CloneSerializer(Class<T> type, UnaryOperator<T> copy) {
        this.type = type;
        this.copy = copy;
    }

    @Override
    void write(Graph graph, GraphOutput out, T value) {
        int number = graph.openLate();
        T still = Snapshots.take(value, () -> copy.apply(value));
        Sections.writeCaptured(graph, out, still, Sections.capture(graph, still, false));
        graph.closeLate(number);
    }

    @Override
    @Nullable
    T read(Graph graph, GraphInput in) {
        return type.cast(Sections.read(graph, in, type.getName()));
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        Sections.skip(graph, in);
    }
}
