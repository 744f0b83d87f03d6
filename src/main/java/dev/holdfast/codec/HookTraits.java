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
    private final boolean queue;
    private final Wariness wariness = new Wariness();

    private HookTraits(@Nullable CountedHook counted, boolean opaque, boolean queue) {
        this.counted = counted;
        this.opaque = opaque;
        this.queue = queue;
    }

    static HookTraits of(Class<?> type) {
        return new HookTraits(CountedHook.of(type), isOpaque(type), ArrayBlockingQueue.class.isAssignableFrom(type));
    }

    private static boolean isOpaque(Class<?> type) {
        if (Externalizable.class.isAssignableFrom(type)) {
            return !JavaRules.isJdk(type);
        }
        for (Class<?> level : JavaRules.serializableChain(type)) {
            if (!JavaRules.isJdk(level) && JavaRules.hasPrivate(level, "writeObject", ObjectOutputStream.class)) {
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

    /**
     * Whether it has no hook, but fields that must agree with one another: a thread that is stopped in the midst of a change leaves them
     * so that they do not, for as long as it stands still. What its reading hook accepts is right.
     */
    boolean isQueue() {
        return queue;
    }

    boolean mayTear() {
        return opaque || queue || counted != null;
    }

    Wariness wariness() {
        return wariness;
    }
}
