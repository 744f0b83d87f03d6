package dev.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * A Kryo serializer that knows it works inside a {@link Graph}. Without state of its own, so that one serves all threads.
 *
 * <p>Whoever creates the object before reading its parts tells {@link Graph#reference} at once, so that the parts may
 * refer back to it. Whoever needs the parts first brackets the writing of them with {@link Graph#openLate}.
 */
abstract class GraphSerializer<T> extends Serializer<T> {
    abstract void write(Graph graph, GraphOutput out, T value);

    /** Null stands for an object that resolves to nothing. */
    abstract @Nullable T read(Graph graph, GraphInput in);

    /** Passes over a value without creating it and without loading classes of the application. */
    abstract void skip(Graph graph, GraphInput in);

    @Override
    public final void write(Kryo kryo, Output output, T value) {
        write((Graph) kryo, (GraphOutput) output, value);
    }

    @Override
    public final @Nullable T read(Kryo kryo, Input input, Class<? extends T> type) {
        return read((Graph) kryo, (GraphInput) input);
    }
}
