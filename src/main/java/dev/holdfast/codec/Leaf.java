package dev.holdfast.codec;

import java.util.function.BiConsumer;
import java.util.function.Function;

/** A value without parts that could be objects of the application. */
final class Leaf<T> extends GraphSerializer<T> {
    private final BiConsumer<GraphOutput, T> writer;
    private final Function<GraphInput, T> reader;

    Leaf(BiConsumer<GraphOutput, T> writer, Function<GraphInput, T> reader) {
        this.writer = writer;
        this.reader = reader;
    }

    @Override
    void write(Graph graph, GraphOutput out, T value) {
        writer.accept(out, value);
    }

    @Override
    T read(Graph graph, GraphInput in) {
        return reader.apply(in);
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        T unused = reader.apply(in);
    }
}
