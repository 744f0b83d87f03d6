package dev.holdfast.codec;

/**
 * A class of the JDK whose instances this codec writes itself; exactly this class, never a subclass.
 *
 * @param code the tag that stands for it for ever, or 0: it is named in a definition
 * @param tracked see {@link Plan#isTracked}
 * @param stateful see {@link Plan#isStateful}
 * @param immutable whether neither it nor anything it refers to can change
 * @param restorableByJava see {@link Plan#isRestorableByJava}
 */
record JdkType(
        Class<?> type,
        int code,
        GraphSerializer<?> serializer,
        boolean tracked,
        boolean stateful,
        boolean immutable,
        boolean restorableByJava) {

    /** A value that does not change, of which copies are as good as the original. */
    static JdkType value(int code, Class<?> type, GraphSerializer<?> serializer) {
        return new JdkType(type, code, serializer, false, false, true, true);
    }

    /** A value that does not change, but that may be large or occur often, or have an identity someone relies on. */
    static JdkType sharedValue(int code, Class<?> type, GraphSerializer<?> serializer) {
        return new JdkType(type, code, serializer, true, false, true, true);
    }

    /** An object whose own state changes. */
    static JdkType mutable(int code, Class<?> type, GraphSerializer<?> serializer) {
        return new JdkType(type, code, serializer, true, true, false, true);
    }

    /** An object that does not change, though what it refers to may. */
    static JdkType view(int code, Class<?> type, GraphSerializer<?> serializer) {
        return new JdkType(type, code, serializer, true, false, false, true);
    }

    /** The same, where Java serialization does not restore a cycle through it. */
    JdkType withoutCycles() {
        return new JdkType(type, code, serializer, tracked, stateful, immutable, false);
    }
}
