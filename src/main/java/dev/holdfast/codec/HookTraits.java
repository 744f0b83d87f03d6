package dev.holdfast.codec;

import java.io.Externalizable;
import java.io.ObjectOutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * How far what the hooks of one class write can be relied on while another thread may be changing the object. Safe for use by
 * many threads.
 */
final class HookTraits {
    private final @Nullable CountedHook counted;
    private final boolean opaque;
    private final Wariness wariness = new Wariness();

    private HookTraits(@Nullable CountedHook counted, boolean opaque) {
        this.counted = counted;
        this.opaque = opaque;
    }

    static HookTraits of(Class<?> type) {
        return new HookTraits(CountedHook.of(type), isOpaque(type));
    }

    private static boolean isOpaque(Class<?> type) {
        if (Externalizable.class.isAssignableFrom(type)) {
            return !JavaRules.isJdk(type);
        }
        for (Class<?> level : JavaRules.serializableChain(type)) {
            // the queue has no hook, but fields that must agree with one another
            if (level == ArrayBlockingQueue.class
                    || (!JavaRules.isJdk(level)
                            && JavaRules.hasPrivate(level, "writeObject", ObjectOutputStream.class))) {
                return true;
            }
        }
        return false;
    }

    /** What the JDK's part of it is; null if that cannot be torn. */
    @Nullable
    CountedHook counted() {
        return counted;
    }

    /** Whether nobody but its own reading hook knows what must agree in what it writes. */
    boolean isOpaque() {
        return opaque;
    }

    boolean mayTear() {
        return opaque || counted != null;
    }

    Wariness wariness() {
        return wariness;
    }
}
