package dev.holdfast.codec;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Classes of the web application by name, behind the class filter, which is asked before a class is loaded. An array is
 * judged by its elements' class, a proxy by its interfaces; primitive types are nobody's. Safe for use by many threads.
 */
final class ClassLookup {
    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "char", char.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "void", void.class);

    private final ClassLoader loader;
    private final Predicate<String> filter;
    private final ConcurrentHashMap<String, Class<?>> loaded = new ConcurrentHashMap<>();

    ClassLookup(ClassLoader loader, Predicate<String> filter) {
        this.loader = loader;
        this.filter = filter;
    }

    ClassLoader loader() {
        return loader;
    }

    /**
     * The class of that name, not initialized.
     *
     * @throws UndecodableException if it is refused or not there
     */
    Class<?> load(String name) {
        Class<?> known = loaded.get(name);
        if (known == null) {
            known = PRIMITIVES.get(name);
        }
        if (known != null) {
            return known;
        }
        requireAdmitted(name);
        Class<?> found = find(name);
        loaded.put(name, found);
        return found;
    }

    /** As {@link #load}, of a class the filter need not be asked about: it has admitted a subclass. */
    Class<?> find(String name) {
        Class<?> primitive = PRIMITIVES.get(name);
        if (primitive != null) {
            return primitive;
        }
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new UndecodableException(
                    "class " + name + " is missing from the web application; another version of it has written this",
                    null);
        } catch (LinkageError | RuntimeException e) {
            throw new UndecodableException("class " + name + " cannot be loaded: " + Redacted.where(e), Redacted.of(e));
        }
    }

    void requireAdmitted(String name) {
        String element = elementName(name);
        if (element != null && !filter.test(element)) {
            throw new UndecodableException("class " + element + " is refused by the class filter", null);
        }
    }

    /** The name of the class that the filter refuses, if it refuses this one. */
    @Nullable
    String refusedName(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element.isPrimitive() || element.isHidden()) {
            return null;
        }
        if (Proxy.isProxyClass(element)) {
            for (Class<?> one : element.getInterfaces()) {
                if (!filter.test(one.getName())) {
                    return one.getName();
                }
            }
            return null;
        }
        return filter.test(element.getName()) ? null : element.getName();
    }

    private static @Nullable String elementName(String name) {
        if (!name.startsWith("[")) {
            return name;
        }
        int dimensions = name.lastIndexOf('[') + 1;
        return name.startsWith("L", dimensions) && name.endsWith(";")
                ? name.substring(dimensions + 1, name.length() - 1)
                : null;
    }
}
