package dev.holdfast.codec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/** Finds what an administrator would call a part of an object that its own hooks have written. */
final class FieldSearch {
    private FieldSearch() {}

    /** The field's name if the part stands in a field that reflection can see, else its position among the parts. */
    static String stepTo(Object root, Object part, int position) {
        try {
            for (Class<?> type = root.getClass(); type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()
                            && field.trySetAccessible()
                            && field.get(root) == part) {
                        return "." + field.getName();
                    }
                }
            }
        } catch (IllegalAccessException | RuntimeException | LinkageError e) {
            // a path with a number in it serves too
        }
        return "[" + position + "]";
    }
}
