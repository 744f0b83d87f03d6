package dev.holdfast.codec;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the Java Object Serialization Specification says about a class: which of its superclasses take part, whether any of
 * them has hooks (2.3, 2.5, 3.4 to 3.7, 1.5 for {@code serialPersistentFields}), and by which constructor instances are made (3.1).
 */
final class JavaRules {
    private JavaRules() {}

    static boolean isSerializable(Class<?> type) {
        return Serializable.class.isAssignableFrom(type);
    }

    /** A class of the Java runtime's, whose fields reflection cannot be relied on to reach. */
    static boolean isJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /** The class and those of its superclasses that are serializable, the class first. */
    static List<Class<?>> serializableChain(Class<?> type) {
        List<Class<?>> chain = new ArrayList<>();
        for (Class<?> up = type; up != null && isSerializable(up); up = up.getSuperclass()) {
            chain.add(up);
        }
        return chain;
    }

    /** Whether instances can only be written and read through Java serialization. */
    static boolean needsHooks(Class<?> type) {
        if (Externalizable.class.isAssignableFrom(type)
                || Proxy.isProxyClass(type)
                || type.isHidden()
                || hasWriteReplace(type)
                || hasReadResolve(type)) {
            return true;
        }
        if (type.isRecord()) {
            return isJdk(type);
        }
        return serializableChain(type).stream().anyMatch(level -> isJdk(level) || hasHooksOfItsOwn(level));
    }

    static boolean hasWriteReplace(Class<?> type) {
        return hasInherited(type, "writeReplace");
    }

    static boolean hasReadResolve(Class<?> type) {
        return hasInherited(type, "readResolve");
    }

    /** Whether this class among an object's says itself what of it is written. */
    static boolean writesItself(Class<?> level) {
        return hasPrivate(level, "writeObject", ObjectOutputStream.class);
    }

    private static boolean hasHooksOfItsOwn(Class<?> level) {
        return writesItself(level)
                || hasPrivate(level, "readObject", ObjectInputStream.class)
                || hasPrivate(level, "readObjectNoData")
                || hasSerialPersistentFields(level);
    }

    static boolean hasPrivate(Class<?> level, String name, Class<?>... parameters) {
        try {
            Method method = level.getDeclaredMethod(name, parameters);
            return method.getReturnType() == void.class
                    && Modifier.isPrivate(method.getModifiers())
                    && !Modifier.isStatic(method.getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static boolean hasSerialPersistentFields(Class<?> level) {
        try {
            int modifiers = level.getDeclaredField("serialPersistentFields").getModifiers();
            return Modifier.isPrivate(modifiers) && Modifier.isStatic(modifiers) && Modifier.isFinal(modifiers);
        } catch (NoSuchFieldException e) {
            return false;
        }
    }

    private static boolean hasInherited(Class<?> type, String name) {
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            try {
                Method method = level.getDeclaredMethod(name);
                int modifiers = method.getModifiers();
                return method.getReturnType() == Object.class
                        && !Modifier.isStatic(modifiers)
                        && !Modifier.isAbstract(modifiers)
                        && isVisible(modifiers, level, type);
            } catch (NoSuchMethodException e) {
                // a superclass may have it
            }
        }
        return false;
    }

    private static boolean isVisible(int modifiers, Class<?> declaring, Class<?> from) {
        if (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers)) {
            return true;
        }
        return Modifier.isPrivate(modifiers) ? declaring == from : samePackage(declaring, from);
    }

    private static boolean samePackage(Class<?> one, Class<?> other) {
        return one.getClassLoader() == other.getClassLoader()
                && one.getPackageName().equals(other.getPackageName());
    }

    /** Why instances could be written but never made again; null if they can. */
    static @Nullable String whyNotInstantiable(Class<?> type) {
        if (type.isRecord() || Proxy.isProxyClass(type) || type.isHidden() || hasWriteReplace(type)) {
            return null;
        }
        if (Externalizable.class.isAssignableFrom(type)) {
            return hasPublicConstructor(type)
                    ? null
                    : "class " + type.getName() + " is Externalizable and has no public constructor without parameters";
        }
        return Instantiation.constructorOf(type) == null
                ? "class " + type.getName()
                        + " has a superclass that is not serializable and has no constructor without"
                        + " parameters that it can call"
                : null;
    }

    private static boolean hasPublicConstructor(Class<?> type) {
        try {
            return Modifier.isPublic(type.getDeclaredConstructor().getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
