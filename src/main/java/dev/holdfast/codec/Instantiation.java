package dev.holdfast.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The way Java serialization makes an instance (Java Object Serialization Specification, 3.1): by the constructor without parameters
 * of the first superclass that is not serializable. The JDK offers that to serialization libraries as
 * {@code sun.reflect.ReflectionFactory} in the module jdk.unsupported, here called by reflection because javac warns of the name.
 */
final class Instantiation {
    private static final Object FACTORY;
    private static final Method NEW_CONSTRUCTOR;

    static {
        try {
            Class<?> type = Class.forName("sun.reflect.ReflectionFactory");
            FACTORY = type.getMethod("getReflectionFactory").invoke(null);
            NEW_CONSTRUCTOR = type.getMethod("newConstructorForSerialization", Class.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java runtime has no module jdk.unsupported", e);
        }
    }

    private Instantiation() {}

    /** Null if there is none that the class may call. */
    static @Nullable Constructor<?> constructorOf(Class<?> type) {
        try {
            return (Constructor<?>) NEW_CONSTRUCTOR.invoke(FACTORY, type);
        } catch (InvocationTargetException e) {
            if (e.getTargetException() instanceof Error error) {
                throw error;
            }
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("sun.reflect.ReflectionFactory is not accessible", e);
        }
    }

    /**
     * Calls the constructor.
     *
     * @throws UndecodableException if it throws
     */
    static Object make(Constructor<?> constructor) {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw Undecodable.because(
                    "a constructor of " + constructor.getDeclaringClass().getName() + " failed with ",
                    e.getTargetException());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the constructor was accessible when the plan was made", e);
        }
    }
}
