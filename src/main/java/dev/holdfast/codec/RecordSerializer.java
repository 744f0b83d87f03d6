package dev.holdfast.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record component by component, read by name and made by its canonical constructor. A component that is new gets the
 * default of its type, as Java serialization does it (1.13).
 */
final class RecordSerializer extends GraphSerializer<Object> {
    private static final int GONE = -1;

    private final Constructor<?> constructor;
    private final Component[] components;
    private final @Nullable Object[] defaults;

    /** @param position of the constructor's parameter, or {@link #GONE} */
    private record Component(char code, String step, int position, @Nullable Field field) {}

    private RecordSerializer(Constructor<?> constructor, List<Component> components) {
        this.constructor = constructor;
        this.components = components.toArray(new Component[0]);
        this.defaults = Arrays.stream(constructor.getParameterTypes())
                .map(RecordSerializer::defaultOf)
                .toArray();
    }

    /** For the record as it is; null if reflection may not touch it. */
    static @Nullable RecordSerializer of(Class<?> type) {
        return of(type, describe(type));
    }

    /** For reading the record as it was when the definition was written. */
    static @Nullable RecordSerializer of(Class<?> type, List<Definition.Slot> slots) {
        try {
            RecordComponent[] now = type.getRecordComponents();
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(now).map(RecordComponent::getType).toArray(Class<?>[]::new));
            List<Component> components = new ArrayList<>();
            boolean accessible = constructor.trySetAccessible();
            for (Definition.Slot slot : slots) {
                int position = positionOf(slot.name(), now);
                Field field = position == GONE ? null : type.getDeclaredField(slot.name());
                accessible &= field == null || field.trySetAccessible();
                components.add(new Component(slot.code(), "." + slot.name(), position, field));
            }
            return accessible ? new RecordSerializer(constructor, components) : null;
        } catch (NoSuchMethodException | NoSuchFieldException e) {
            throw new IllegalStateException("record " + type.getName() + " lacks what every record has", e);
        }
    }

    static List<Definition.Slot> describe(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> new Definition.Slot(FieldCode.of(component.getType()), component.getName()))
                .toList();
    }

    private static int positionOf(String name, RecordComponent[] components) {
        for (int i = 0; i < components.length; i++) {
            if (components[i].getName().equals(name)) {
                return i;
            }
        }
        return GONE;
    }

    private static @Nullable Object defaultOf(Class<?> type) {
        return Array.get(Array.newInstance(type, 1), 0);
    }

    @Override
    void write(Graph graph, GraphOutput out, Object value) {
        int number = graph.openLate();
        for (Component component : components) {
            Field field = component.field();
            if (field == null) {
                throw new IllegalStateException("a plan for reading cannot write");
            }
            try {
                FieldCode.write(component.code(), graph, out, field.get(value), component.step());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("the field was accessible when the plan was made", e);
            }
        }
        graph.closeLate(number);
    }

    @Override
    Object read(Graph graph, GraphInput in) {
        @Nullable Object[] arguments = defaults.clone();
        for (Component component : components) {
            if (component.position() == GONE) {
                FieldCode.skip(component.code(), graph, in);
            } else {
                arguments[component.position()] = FieldCode.read(component.code(), graph, in);
            }
        }
        String name = constructor.getDeclaringClass().getName();
        try {
            return constructor.newInstance(arguments);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException(
                    "record " + name + " has changed: what was stored does not fit the types of its components", null);
        } catch (InvocationTargetException e) {
            throw Undecodable.because("record " + name + " does not accept what was stored: ", e.getTargetException());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the constructor was accessible when the plan was made", e);
        }
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        for (Component component : components) {
            FieldCode.skip(component.code(), graph, in);
        }
    }
}
