package dev.holdfast.codec;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** An array of objects: their number, then each. */
final class ArraySerializer extends GraphSerializer<Object[]> {
    private final Class<?> elementType;

    ArraySerializer(Class<?> elementType) {
        this.elementType = elementType;
    }

    @Override
    void write(Graph graph, GraphOutput out, Object[] value) {
        out.writeVarInt(value.length, true);
        for (int i = 0; i < value.length; i++) {
            graph.writeElement(out, value[i], i);
        }
    }

    @Override
    Object[] read(Graph graph, GraphInput in) {
        @Nullable Object[] array = (@Nullable Object[]) Array.newInstance(elementType, in.count(1));
        graph.reference(array);
        for (int i = 0; i < array.length; i++) {
            Object element = graph.readValue(in);
            try {
                array[i] = element;
            } catch (ArrayStoreException e) {
                throw new UndecodableException(
                        "an array of " + elementType.getName() + " cannot hold what was stored: class "
                                + (element == null ? "null" : element.getClass().getName()) + " has changed",
                        null);
            }
        }
        return array;
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        graph.skipValues(in, in.count(1));
    }
}
