package dev.holdfast.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of the application field by field, in the order of its definition.
 */
final class FieldSerializer extends GraphSerializer<Object> {
    private final Constructor<?> constructor;
    private final FieldAccess[] fields;

    private FieldSerializer(Class<?> type, List<FieldAccess> fields) {
        Constructor<?> found = Instantiation.constructorOf(type);
        if (found == null) {
            throw new IllegalArgumentException("instances of " + type + " cannot be made");
        }
        this.constructor = found;
        this.fields = fields.toArray(new FieldAccess[0]);
    }

    /** For the class as it is. */
    static FieldSerializer of(Class<?> type, FieldLayout layout) {
        List<FieldAccess> fields = new ArrayList<>();
        for (Field field : layout.fields()) {
            fields.add(new FieldAccess(FieldCode.of(field.getType()), field.getName(), field));
        }
        return new FieldSerializer(type, fields);
    }

    /** For reading the class as it was when the definition was written: what it no longer has is passed over. */
    static FieldSerializer of(Class<?> type, FieldLayout layout, List<Definition.Level> levels) {
        List<FieldAccess> fields = new ArrayList<>();
        for (Definition.Level level : levels) {
            for (Definition.Slot slot : level.slots()) {
                @Nullable Field field = layout.find(level.className(), slot.name());
                fields.add(new FieldAccess(slot.code(), slot.name(), field));
            }
        }
        return new FieldSerializer(type, fields);
    }

    @Override
    void write(Graph graph, GraphOutput out, Object value) {
        for (FieldAccess field : fields) {
            field.write(graph, out, value);
        }
    }

    @Override
    Object read(Graph graph, GraphInput in) {
        Object value = Instantiation.make(constructor);
        graph.reference(value);
        for (FieldAccess field : fields) {
            field.read(graph, in, value);
        }
        return value;
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        for (FieldAccess field : fields) {
            field.skip(graph, in);
        }
    }
}
