package dev.holdfast.codec;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * One field between an object and a graph.
 */
final class FieldAccess {
    private final char code;
    private final String step;
    private final @Nullable Field field;
    private final boolean sameType;

    /**
     * @param code as {@link FieldCode}, of the field as it was written
     * @param field the field as it is; null if there is none any more
     */
    FieldAccess(char code, String name, @Nullable Field field) {
        this.code = code;
        this.step = "." + name;
        this.field = field;
        this.sameType = field != null && FieldCode.of(field.getType()) == code;
    }

    void write(Graph graph, GraphOutput out, Object owner) {
        Field from = field;
        if (from == null) {
            throw new IllegalStateException("a plan for reading cannot write");
        }
        try {
            switch (code) {
                case 'L' -> graph.writePart(out, from.get(owner), step);
                case 'I' -> out.writeVarInt(from.getInt(owner), false);
                case 'J' -> out.writeVarLong(from.getLong(owner), false);
                case 'Z' -> out.writeBoolean(from.getBoolean(owner));
                default -> FieldCode.write(code, graph, out, from.get(owner), step);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the field was accessible when the plan was made", e);
        }
    }

    void read(Graph graph, GraphInput in, Object owner) {
        Field to = field;
        if (to == null) {
            skip(graph, in);
            return;
        }
        try {
            if (!sameType) {
                set(to, owner, FieldCode.read(code, graph, in));
                return;
            }
            switch (code) {
                case 'L' -> set(to, owner, graph.readValue(in));
                case 'I' -> to.setInt(owner, in.readVarInt(false));
                case 'J' -> to.setLong(owner, in.readVarLong(false));
                case 'Z' -> to.setBoolean(owner, in.readBoolean());
                default -> to.set(owner, FieldCode.read(code, graph, in));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the field was accessible when the plan was made", e);
        }
    }

    void skip(Graph graph, GraphInput in) {
        FieldCode.skip(code, graph, in);
    }

    private static void set(Field to, Object owner, @Nullable Object value) throws IllegalAccessException {
        if (value == null && to.getType().isPrimitive()) {
            throw changed(to, "null");
        }
        try {
            to.set(owner, value);
        } catch (IllegalArgumentException e) {
            throw changed(to, value == null ? "null" : "a " + value.getClass().getName());
        }
    }

    private static UndecodableException changed(Field to, String found) {
        return new UndecodableException(
                "class " + to.getDeclaringClass().getName() + " has changed: its field " + to.getName()
                        + " is now of type " + to.getType().getName() + ", what was stored is " + found,
                null);
    }
}
