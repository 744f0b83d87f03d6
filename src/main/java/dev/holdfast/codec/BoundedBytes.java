package dev.holdfast.codec;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes in memory, up to a limit. */
final class BoundedBytes extends OutputStream {
    private static final int FIRST_BYTES = 512;
    private static final int KEPT_BYTES = 64 * 1024;

    private final int maxBytes;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int count;

    /** @param maxBytes more than these are a {@link KryoBufferOverflowException} */
    BoundedBytes(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void clear() {
        count = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
    }

    int count() {
        return count;
    }

    /** The first {@link #count} are those written. */
    byte[] array() {
        return bytes;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, count);
    }

    /** Whether these and no others were written. */
    boolean contains(byte[] expected) {
        return Arrays.equals(expected, 0, expected.length, bytes, 0, count);
    }

    @Override
    public void write(int value) {
        require(1);
        bytes[count++] = (byte) value;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        require(length);
        System.arraycopy(from, offset, bytes, count, length);
        count += length;
    }

    private void require(int more) {
        if (more > maxBytes - count) {
            throw new KryoBufferOverflowException("more than " + maxBytes + " bytes");
        }
        if (more > bytes.length - count) {
            long doubled = Math.max(bytes.length * 2L, (long) count + more);
            bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, Math.max(maxBytes, FIRST_BYTES)));
        }
    }
}
