package dev.holdfast.codec;

import java.io.Externalizable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides how the instances of a class are written, and whether they are at all. Safe for use by many threads.
 *
 * <p>A class that is not on the JDK list and does not implement {@link java.io.Serializable} is refused, although a field
 * serializer could write it. An application says by that interface what may leave the node; what it keeps back is as a rule a
 * connection, a lock, a thread or a service, and a copy of one of those on another node would be worse than a warning.
 */
final class WritingPlans {
    private final ClassLookup lookup;
    private final ConcurrentHashMap<Class<?>, Verdict> verdicts = new ConcurrentHashMap<>();

    /** Either is null. */
    private record Verdict(@Nullable Plan plan, @Nullable String refusal) {}

    WritingPlans(ClassLookup lookup) {
        this.lookup = lookup;
    }

    /** Null if its instances are not written. */
    @Nullable
    Plan find(Class<?> type) {
        return verdictOn(type).plan();
    }

    /** @throws Refused if its instances are not written */
    Plan of(Class<?> type) {
        Verdict verdict = verdictOn(type);
        if (verdict.plan() == null) {
            throw new Refused(String.valueOf(verdict.refusal()));
        }
        return verdict.plan();
    }

    /** @throws UndecodableException if the class filter refuses it */
    Plan ofListed(JdkType type) {
        Verdict verdict = verdictOn(type.type());
        if (verdict.plan() == null) {
            throw new UndecodableException(String.valueOf(verdict.refusal()), null);
        }
        return verdict.plan();
    }

    /** Whether instances are written as a section. */
    boolean usesHooks(Class<?> type) {
        return of(type).registration().getSerializer() instanceof HookSerializer;
    }

    private Verdict verdictOn(Class<?> type) {
        Verdict known = verdicts.get(type);
        if (known == null) {
            known = judge(type);
            verdicts.put(type, known);
        }
        return known;
    }

    private Verdict judge(Class<?> type) {
        String filtered = lookup.refusedName(type.isEnum() || !Enum.class.isAssignableFrom(type) ? type : enumOf(type));
        if (filtered != null) {
            return refused("class " + filtered + " is refused by the class filter");
        }
        JdkType listed = JdkTypes.of(type);
        if (listed != null) {
            return new Verdict(
                    listed.code() != 0 ? Plan.coded(listed) : Plan.listed(listed, named(Kind.LISTED, type)), null);
        }
        if (Enum.class.isAssignableFrom(type)) {
            Class<?> enumType = enumOf(type);
            return new Verdict(
                    Plan.defined(type, new EnumSerializer(enumType), true, any -> false, named(Kind.ENUM, enumType)),
                    null);
        }
        if (type.isArray()) {
            return new Verdict(
                    Plan.defined(
                            type,
                            new ArraySerializer(type.getComponentType()),
                            true,
                            any -> true,
                            named(Kind.ARRAY, type)),
                    null);
        }
        if (!JavaRules.isSerializable(type)) {
            return refused("class " + type.getName() + " does not implement java.io.Serializable");
        }
        try {
            return judgeSerializable(type);
        } catch (LinkageError e) {
            return refused("class " + type.getName() + " cannot be inspected: " + Redacted.where(e));
        }
    }

    private static Verdict judgeSerializable(Class<?> type) {
        String obstacle = JavaRules.whyNotInstantiable(type);
        if (obstacle != null) {
            return refused(obstacle);
        }
        if (!JavaRules.needsHooks(type)) {
            Plan plan = type.isRecord() ? recordPlan(type) : fieldPlan(type);
            if (plan != null) {
                return new Verdict(plan, null);
            }
        }
        boolean nameless = type.isHidden() || Proxy.isProxyClass(type);
        String name = nameless ? "" : type.getName();
        return new Verdict(
                Plan.defined(
                        type,
                        new HookSerializer(type.getName()),
                        !type.isRecord() && !JavaRules.hasWriteReplace(type),
                        nameless ? any -> false : statefulness(type),
                        new Definition(Kind.HOOKS, name, List.of()).toBytes()),
                null);
    }

    private static @Nullable Plan recordPlan(Class<?> type) {
        RecordSerializer serializer = RecordSerializer.of(type);
        if (serializer == null) {
            return null;
        }
        Definition definition = new Definition(
                Kind.RECORD,
                type.getName(),
                List.of(new Definition.Level(type.getName(), RecordSerializer.describe(type))));
        return Plan.defined(type, serializer, false, any -> false, definition.toBytes());
    }

    private static @Nullable Plan fieldPlan(Class<?> type) {
        FieldLayout layout = FieldLayout.of(type);
        if (layout == null) {
            return null;
        }
        Definition definition = new Definition(Kind.FIELDS, type.getName(), layout.described());
        return Plan.defined(type, FieldSerializer.of(type, layout), true, statefulness(type), definition.toBytes());
    }

    /**
     * An object whose fields are all final has no state of its own that changes; what they refer to is looked at for itself.
     * Nor is a constant of its class that readResolve finds again: a type-safe enum from before Java 5, a singleton. Nor are the
     * JDK's comparators. If they counted, attributes that have nothing to do with one another would travel as one.
     * But a class that writes its objects itself may keep their state elsewhere: in transient fields, in a superclass.
     */
    private static Predicate<Object> statefulness(Class<?> type) {
        if (Comparator.class.isAssignableFrom(type) && JavaRules.isJdk(type)) {
            return any -> false;
        }
        boolean allFinal = true;
        List<Field> constants = new ArrayList<>();
        for (Class<?> level : JavaRules.serializableChain(type)) {
            allFinal &= !JavaRules.isJdk(level) && !JavaRules.writesItself(level);
            for (Field field : level.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (!Modifier.isStatic(modifiers)) {
                    allFinal &= Modifier.isFinal(modifiers) || Modifier.isTransient(modifiers);
                } else if (field.getType().isAssignableFrom(type) && field.trySetAccessible()) {
                    constants.add(field);
                }
            }
        }
        if (allFinal && !Externalizable.class.isAssignableFrom(type)) {
            return any -> false;
        }
        if (constants.isEmpty() || !JavaRules.hasReadResolve(type)) {
            return any -> true;
        }
        return value -> constants.stream().noneMatch(field -> isValueOf(field, value));
    }

    private static boolean isValueOf(Field constant, Object value) {
        try {
            return constant.get(null) == value;
        } catch (IllegalAccessException e) {
            return false;
        }
    }

    private static Class<?> enumOf(Class<?> type) {
        Class<?> parent = type.getSuperclass();
        return type.isEnum() || parent == null ? type : parent;
    }

    private static byte[] named(Kind kind, Class<?> type) {
        return new Definition(kind, type.getName(), List.of()).toBytes();
    }

    private static Verdict refused(String reason) {
        return new Verdict(null, reason);
    }
}
