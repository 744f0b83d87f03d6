package dev.holdfast.codec;

import org.jspecify.annotations.Nullable;

/** An object of the JDK's that is written through its hooks, but as a copy that stands still and has been put in order. */
final class CloneSerializer<T> extends GraphSerializer<T> {
    /** Makes a copy of which nobody else knows. */
    interface Copier<T> {
        T copy(Graph graph, T value);
    }

    private final Class<T> type;
    private final Copier<T> copier;

    CloneSerializer(Class<T> type, Copier<T> copier) {
        this.type = type;
        this.copier = copier;
    }

    @Override
    void write(Graph graph, GraphOutput out, T value) {
        int number = graph.openLate();
        T still = Snapshots.take(value, () -> copier.copy(graph, value));
        Sections.writeCaptured(graph, out, still, Sections.capture(graph, still));
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
