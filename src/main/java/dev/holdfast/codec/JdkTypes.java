package dev.holdfast.codec;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the JDK whose instances this codec writes itself. All others go through their Java serialization hooks.
 *
 * <p>A code stands in stored bytes for ever: never give one a new meaning. Those from 2 to 63 are one byte.
 */
final class JdkTypes {
    private static final JdkTypes ALL = new JdkTypes();

    private final Map<Class<?>, JdkType> byClass = new HashMap<>();
    private final Map<String, JdkType> byName = new HashMap<>();
    private final @Nullable JdkType[] byCode = new @Nullable JdkType[ClassTable.FIRST_NUMBER];

    private JdkTypes() {
        Values.addTo(this);
        JavaTime.addTo(this);
        MutableValues.addTo(this);
        SqlDates.addTo(this);
        PrimitiveArrays.addTo(this);
        Containers.addTo(this);
        Wrappers.addTo(this);
    }

    /** The entry of exactly this class, if it has one. */
    static @Nullable JdkType of(Class<?> type) {
        return ALL.byClass.get(type);
    }

    static JdkType coded(int code) {
        JdkType type = ALL.byCode[code];
        if (type == null) {
            throw new UndecodableException("a class of the JDK that this version of Holdfast does not know", null);
        }
        return type;
    }

    static JdkType named(String name) {
        JdkType type = ALL.byName.get(name);
        if (type == null) {
            throw new UndecodableException("class " + name + " is not known to this version of Holdfast", null);
        }
        return type;
    }

    /** Whether a field of this declared type never leads back to the object that has it. */
    static boolean isLeaf(Class<?> declared) {
        JdkType type = of(declared);
        return declared.isEnum() || (type != null && type.immutable());
    }

    void add(JdkType type) {
        if (byClass.putIfAbsent(type.type(), type) != null) {
            throw new IllegalStateException(type.type() + " is listed twice");
        }
        byName.put(type.type().getName(), type);
        if (type.code() != 0) {
            if (byCode[type.code()] != null) {
                throw new IllegalStateException("the code of " + type.type() + " is taken");
            }
            byCode[type.code()] = type;
        }
    }
}
