package dev.holdfast.codec;

import org.jspecify.annotations.Nullable;

/** A serializer that takes out everything before it writes the size. */
interface Snapshotting {
    /** All parts in order. */
    @Nullable
    Object[] snapshot(Object value);

    /** One of the same class, and with the same parts, that no one else has. */
    Object copy(Object value);
}
