package dev.holdfast.codec;

import org.jspecify.annotations.Nullable;

/** An object with Java serialization hooks, or whose state only the JDK can reach: a {@linkplain Sections section}. */
final class HookSerializer extends GraphSerializer<Object> {
    private final String className;

    /** @param className for a message */
    HookSerializer(String className) {
        this.className = className;
    }

    @Override
    void write(Graph graph, GraphOutput out, Object value) {
        int number = graph.openLate();
        Sections.write(graph, out, value);
        graph.closeLate(number);
    }

    @Override
    @Nullable
    Object read(Graph graph, GraphInput in) {
        Object value = Sections.read(graph, in, className);
        if (value == null) {
            graph.reference(References.NULL);
        }
        return value;
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        Sections.skip(graph, in);
    }
}
