package dev.holdfast.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Date;

/** The dates of JDBC, by name: this room has no other business with SQL, and a Java runtime may lack the module. */
@SuppressWarnings("JavaUtilDate") // it is what sessions have
final class SqlDates {
    private static final Lookup LOOKUP = MethodHandles.publicLookup();

    private SqlDates() {}

    static void addTo(JdkTypes types) {
        try {
            types.add(JdkType.mutable(33, named("java.sql.Timestamp"), timestamps(named("java.sql.Timestamp"))));
            types.add(JdkType.mutable(34, named("java.sql.Date"), dates(named("java.sql.Date"))));
            types.add(JdkType.mutable(35, named("java.sql.Time"), dates(named("java.sql.Time"))));
        } catch (ClassNotFoundException e) {
            // then no session has such a value
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException("the dates of JDBC lack what their documentation promises", e);
        }
    }

    private static Class<?> named(String name) throws ClassNotFoundException {
        return Class.forName(name, false, ClassLoader.getPlatformClassLoader());
    }

    private static MethodHandle constructor(Class<?> type) throws NoSuchMethodException, IllegalAccessException {
        return LOOKUP.findConstructor(type, MethodType.methodType(void.class, long.class))
                .asType(MethodType.methodType(Date.class, long.class));
    }

    private static Leaf<Date> dates(Class<?> type) throws NoSuchMethodException, IllegalAccessException {
        MethodHandle constructor = constructor(type);
        return new Leaf<>(
                (out, v) -> out.writeVarLong(v.getTime(), false), in -> make(constructor, in.readVarLong(false)));
    }

    private static Leaf<Date> timestamps(Class<?> type) throws NoSuchMethodException, IllegalAccessException {
        MethodHandle constructor = constructor(type);
        MethodHandle getNanos = LOOKUP.findVirtual(type, "getNanos", MethodType.methodType(int.class))
                .asType(MethodType.methodType(int.class, Date.class));
        MethodHandle setNanos = LOOKUP.findVirtual(type, "setNanos", MethodType.methodType(void.class, int.class))
                .asType(MethodType.methodType(void.class, Date.class, int.class));
        return new Leaf<>(
                (out, value) -> {
                    out.writeVarLong(value.getTime(), false);
                    out.writeVarInt(nanosOf(getNanos, value), true);
                },
                in -> {
                    Date value = make(constructor, in.readVarLong(false));
                    setNanosOf(setNanos, value, in.readVarInt(true));
                    return value;
                });
    }

    private static Date make(MethodHandle constructor, long millis) {
        try {
            return (Date) constructor.invokeExact(millis);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static int nanosOf(MethodHandle getNanos, Date value) {
        try {
            return (int) getNanos.invokeExact(value);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static void setNanosOf(MethodHandle setNanos, Date value, int nanos) {
        try {
            setNanos.invokeExact(value, nanos);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }
}
