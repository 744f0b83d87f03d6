package dev.holdfast.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Compares two graphs: the same classes, the same contents, and the same shape, so that an object which occurs twice in one does so in
 * the other. Application objects are compared field by field, transient fields apart; of the JDK's what can be asked of them.
 */
final class DeepComparison {
    private final IdentityHashMap<Object, Object> counterparts = new IdentityHashMap<>();
    private final List<Object[]> work = new ArrayList<>();

    private DeepComparison() {}

    /** Null if they are the same; else where they differ. */
    static @Nullable String difference(@Nullable Object one, @Nullable Object other) {
        DeepComparison comparison = new DeepComparison();
        comparison.later("value", one, other);
        while (!comparison.work.isEmpty()) {
            Object[] next = comparison.work.remove(comparison.work.size() - 1);
            String difference = comparison.compare((String) next[0], next[1], next[2]);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private void later(String path, @Nullable Object one, @Nullable Object other) {
        work.add(new Object[] {path, one, other});
    }

    private @Nullable String compare(String path, @Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == other ? null : path + ": null in one of them only";
        }
        if (one.getClass() != other.getClass()
                && !(Proxy.isProxyClass(one.getClass()) || one.getClass().isHidden())) {
            return path + ": " + one.getClass() + " and " + other.getClass();
        }
        if (isValue(one)) {
            return one.equals(other) ? null : path + ": values differ: " + one + " and " + other;
        }
        Object counterpart = counterparts.putIfAbsent(one, other);
        if (counterpart != null) {
            return counterpart == other ? null : path + ": one object in one of them is two in the other";
        }
        Object back = counterparts.putIfAbsent(other, one);
        if (back != null && back != one) {
            return path + ": two objects in one of them are one in the other";
        }
        return contents(path, one, other);
    }

    private static boolean isValue(Object value) {
        String name = value.getClass().getName();
        return value instanceof String
                || (value instanceof Number && name.startsWith("java.") && !name.contains("atomic"))
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof Class<?>
                || name.startsWith("java.time.");
    }

    private @Nullable String contents(String path, Object one, Object other) {
        if (one.getClass().isArray()) {
            int length = Array.getLength(one);
            if (length != Array.getLength(other)) {
                return path + ": lengths " + length + " and " + Array.getLength(other);
            }
            for (int i = 0; i < length; i++) {
                later(path + "[" + i + "]", Array.get(one, i), Array.get(other, i));
            }
            return null;
        }
        if (one instanceof Collection<?> a && other instanceof Collection<?> b) {
            if (a instanceof SortedSet<?> x && b instanceof SortedSet<?> y) {
                later(path + ".comparator", x.comparator(), y.comparator());
            }
            if (a instanceof PriorityQueue<?> x && b instanceof PriorityQueue<?> y) {
                later(path + ".comparator", x.comparator(), y.comparator());
            }
            elements(path, a, b);
        } else if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            if (a instanceof SortedMap<?, ?> x && b instanceof SortedMap<?, ?> y) {
                later(path + ".comparator", x.comparator(), y.comparator());
            }
            entries(path, a, b);
        } else if (one instanceof Map.Entry<?, ?> a && other instanceof Map.Entry<?, ?> b) {
            later(path + ".key", a.getKey(), b.getKey());
            later(path + ".value", a.getValue(), b.getValue());
        } else if (one instanceof Throwable a && other instanceof Throwable b) {
            later(path + ".message", a.getMessage(), b.getMessage());
            later(path + ".cause", a.getCause(), b.getCause());
            later(
                    path + ".stack",
                    List.of(a.getStackTrace()).toString(),
                    List.of(b.getStackTrace()).toString());
            later(path + ".suppressed", a.getSuppressed(), b.getSuppressed());
        } else if (one instanceof AtomicReference<?> a && other instanceof AtomicReference<?> b) {
            later(path + ".get()", a.get(), b.get());
        } else if (one instanceof Optional<?> a && other instanceof Optional<?> b) {
            later(path + ".get()", a.orElse(null), b.orElse(null));
        } else if (isJdk(one.getClass()) && !Proxy.isProxyClass(one.getClass()) && !(one instanceof Comparator<?>)) {
            return one.equals(other)
                            || one.toString().equals(other.toString())
                            || one.getClass() == Object.class
                            || one instanceof Lock
                    ? null
                    : path + ": values differ: " + one + " and " + other;
        }
        if (!one.getClass().isHidden()) {
            fields(path, one, other);
        }
        return null;
    }

    private void elements(String path, Collection<?> one, Collection<?> other) {
        later(path + ".size()", one.size(), other.size());
        if (isUnordered(one)) {
            later(path, sorted(one), sorted(other));
            return;
        }
        Iterator<?> a = one.iterator();
        Iterator<?> b = other.iterator();
        for (int i = 0; a.hasNext() && b.hasNext(); i++) {
            later(path + "[" + i + "]", a.next(), b.next());
        }
    }

    private void entries(String path, Map<?, ?> one, Map<?, ?> other) {
        later(path + ".size()", one.size(), other.size());
        boolean unordered = isUnordered(one.keySet())
                || (one.getClass().getName().contains("Hash")
                        && !one.getClass().getName().contains("Linked"))
                || one.getClass().getName().contains("ImmutableCollections");
        List<Map.Entry<?, ?>> a = new ArrayList<>(one.entrySet());
        List<Map.Entry<?, ?>> b = new ArrayList<>(other.entrySet());
        if (unordered) {
            a.sort(Comparator.comparing(entry -> label(entry.getKey())));
            b.sort(Comparator.comparing(entry -> label(entry.getKey())));
        }
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            later(path + ".key" + i, a.get(i).getKey(), b.get(i).getKey());
            later(path + ".value" + i, a.get(i).getValue(), b.get(i).getValue());
        }
    }

    private static boolean isUnordered(Collection<?> collection) {
        String name = collection.getClass().getName();
        return collection instanceof Set<?>
                && !(collection instanceof SortedSet<?>)
                && !name.contains("Linked")
                && !name.contains("EnumSet")
                && !name.contains("CopyOnWrite");
    }

    private static Object sorted(Collection<?> collection) {
        List<Object> sorted = new ArrayList<>(collection);
        sorted.sort(Comparator.comparing(DeepComparison::label));
        return sorted;
    }

    private static String label(@Nullable Object value) {
        return value == null ? "" : value.getClass().isArray() ? "array" : value.toString();
    }

    private void fields(String path, Object one, Object other) {
        for (Class<?> type = one.getClass(); type != null && !isJdk(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (!Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers)) {
                    field.setAccessible(true);
                    try {
                        later(path + "." + field.getName(), field.get(one), field.get(other));
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
    }

    private static boolean isJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
