package dev.holdfast.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** Definitions by their bytes, so that one that was met before is not parsed again. Safe for use by many threads. */
final class Definitions {
    /** More than an application has classes, versions of them included; beyond it each is parsed each time. */
    private static final int MOST = 20_000;

    private final ConcurrentHashMap<Key, Definition> known = new ConcurrentHashMap<>();

    /** Reads a definition, its length first. */
    Definition read(GraphInput in) {
        int length = in.readVarInt(true);
        if (length < 0 || length > in.remaining()) {
            throw new UndecodableException("the bytes are not well formed: a class description exceeds them", null);
        }
        int start = in.position();
        Definition definition = known.get(new Key(in.getBuffer(), start, length));
        if (definition != null) {
            in.setPosition(start + length);
            return definition;
        }
        definition = Definition.parse(in);
        if (in.position() != start + length) {
            throw new UndecodableException(
                    "the description of class " + definition.className() + " is not well formed", null);
        }
        if (known.size() < MOST) {
            known.put(new Key(Arrays.copyOfRange(in.getBuffer(), start, start + length), 0, length), definition);
        }
        return definition;
    }

    private static final class Key {
        private static final VarHandle LONGS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

        private final byte[] bytes;
        private final int start;
        private final int length;
        private final int hash;

        Key(byte[] bytes, int start, int length) {
            this.bytes = bytes;
            this.start = start;
            this.length = length;
            long mixed = length;
            int at = start;
            int end = start + length;
            for (; at <= end - Long.BYTES; at += Long.BYTES) {
                mixed = (mixed ^ (long) LONGS.get(bytes, at)) * 0x9E3779B97F4A7C15L;
                mixed ^= mixed >>> 32;
            }
            for (; at < end; at++) {
                mixed = mixed * 31 + bytes[at];
            }
            this.hash = (int) (mixed ^ (mixed >>> 32));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && hash == that.hash
                    && Arrays.equals(bytes, start, start + length, that.bytes, that.start, that.start + that.length);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
