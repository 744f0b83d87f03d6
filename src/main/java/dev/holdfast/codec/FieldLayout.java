package dev.holdfast.codec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a class that Java serialization would write by default, superclass first. Within a class those come first that
 * cannot lead to a cycle: a hash set met on a cycle may then already ask for the hash code of an object that is still being
 * read, as long as that depends on such fields only.
 */
record FieldLayout(List<Level> levels) {
    /** The fields of one class in the chain. */
    record Level(Class<?> type, List<Field> fields) {}

    private static final Comparator<Field> ORDER = Comparator.<Field>comparingInt(
                    field -> field.getType().isPrimitive() ? 0 : JdkTypes.isLeaf(field.getType()) ? 1 : 2)
            .thenComparing(Field::getName);

    /** Null if reflection may not touch one of them. */
    static @Nullable FieldLayout of(Class<?> serializable) {
        List<Level> levels = new ArrayList<>();
        for (Class<?> type : JavaRules.serializableChain(serializable)) {
            List<Field> fields = new ArrayList<>();
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    if (!field.trySetAccessible()) {
                        return null;
                    }
                    fields.add(field);
                }
            }
            fields.sort(ORDER);
            levels.add(0, new Level(type, fields));
        }
        return new FieldLayout(levels);
    }

    List<Field> fields() {
        return levels.stream().flatMap(level -> level.fields().stream()).toList();
    }

    List<Definition.Level> described() {
        return levels.stream()
                .map(level -> new Definition.Level(
                        level.type().getName(),
                        level.fields().stream()
                                .map(field -> new Definition.Slot(FieldCode.of(field.getType()), field.getName()))
                                .toList()))
                .toList();
    }

    /** The field of that name in the class of that name, if there still is one. */
    @Nullable
    Field find(String className, String fieldName) {
        for (Level level : levels) {
            if (level.type().getName().equals(className)) {
                for (Field field : level.fields()) {
                    if (field.getName().equals(fieldName)) {
                        return field;
                    }
                }
            }
        }
        return null;
    }
}
