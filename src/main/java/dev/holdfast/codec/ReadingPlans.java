package dev.holdfast.codec;

import java.lang.reflect.Modifier;

/** Decides how what a definition describes is read here, where the class may be another version of it. */
final class ReadingPlans {
    private ReadingPlans() {}

    /** @throws UndecodableException if the class is refused, missing or of another kind now */
    static Plan of(Definition definition, CodecContext context) {
        String name = definition.className();
        ClassLookup lookup = context.classes();
        return switch (definition.kind()) {
            case LISTED -> context.plans().ofListed(JdkTypes.named(name));
            case HOOKS -> {
                if (!name.isEmpty()) {
                    lookup.requireAdmitted(name);
                }
                yield Plan.reading(Object.class, new HookSerializer(name.isEmpty() ? "without a name" : name));
            }
            case ENUM -> {
                Class<?> type = lookup.load(name);
                if (!type.isEnum()) {
                    throw changed(name, "is no enum any more");
                }
                yield Plan.reading(type, new EnumSerializer(type));
            }
            case ARRAY -> {
                Class<?> type = lookup.load(name);
                Class<?> element = type.getComponentType();
                if (element == null || element.isPrimitive()) {
                    throw changed(name, "is no array of objects");
                }
                yield Plan.reading(type, new ArraySerializer(element));
            }
            case RECORD -> {
                Class<?> type = lookup.load(name);
                RecordSerializer serializer = type.isRecord()
                                && isSerializablePlainly(type)
                                && definition.levels().size() == 1
                        ? RecordSerializer.of(type, definition.levels().get(0).slots())
                        : null;
                if (serializer == null) {
                    throw changed(name, "is no plain serializable record any more");
                }
                yield Plan.reading(type, serializer);
            }
            case FIELDS -> {
                Class<?> type = lookup.load(name);
                FieldLayout layout = isPlainClass(type) ? FieldLayout.of(type) : null;
                if (layout == null) {
                    throw changed(name, "is no plain serializable class any more");
                }
                yield Plan.reading(type, FieldSerializer.of(type, layout, definition.levels()));
            }
        };
    }

    private static boolean isPlainClass(Class<?> type) {
        return !type.isRecord()
                && !type.isEnum()
                && !type.isArray()
                && !Modifier.isAbstract(type.getModifiers())
                && isSerializablePlainly(type)
                && JavaRules.whyNotInstantiable(type) == null;
    }

    private static boolean isSerializablePlainly(Class<?> type) {
        return JavaRules.isSerializable(type) && !JavaRules.needsHooks(type);
    }

    private static UndecodableException changed(String name, String how) {
        return new UndecodableException("class " + name + " has changed: it " + how, null);
    }
}
