package dev.holdfast.codec;

import java.io.ObjectStreamConstants;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Passes over the bytes of a {@linkplain SectionOutput section}, in the grammar of Java serialization (Java Object Serialization
 * Specification, 6.4) as far as the JDK's hooks make use of it there. A section that ends too early is an
 * {@link IndexOutOfBoundsException}, and one of another form too.
 */
final class SectionScan {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int length;
    private int at;

    SectionScan(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    int position() {
        return at;
    }

    void skip(int count) {
        if (count < 0 || count > length - at) {
            throw new IndexOutOfBoundsException();
        }
        at += count;
    }

    /** Whether the data of the present class end here; then stands behind their end. */
    boolean atEndOfData() {
        return isNext(ObjectStreamConstants.TC_ENDBLOCKDATA);
    }

    /** @return how many bytes of primitive data it has passed over; -1 if none stand here */
    int skipIfBlock() {
        int count;
        if (isNext(ObjectStreamConstants.TC_BLOCKDATA)) {
            count = next() & 0xFF;
        } else if (isNext(ObjectStreamConstants.TC_BLOCKDATALONG)) {
            count = intAt(at);
            skip(Integer.BYTES);
        } else {
            return -1;
        }
        skip(count);
        return count;
    }

    /** @return whether it was null */
    boolean skipObject() {
        switch (next()) {
            case ObjectStreamConstants.TC_NULL -> {
                return true;
            }
            case ObjectStreamConstants.TC_REFERENCE -> skip(Integer.BYTES);
            case ObjectStreamConstants.TC_STRING -> skip(((next() & 0xFF) << 8) | (next() & 0xFF));
            case ObjectStreamConstants.TC_CLASS -> skipDescriptors();
            default -> throw new IndexOutOfBoundsException();
        }
        return false;
    }

    private void skipDescriptors() {
        while (isNext(ObjectStreamConstants.TC_CLASSDESC)) {
            skip(Short.BYTES + 1);
        }
        skipObject();
    }

    int intAt(int position) {
        return (int) INTS.get(bytes, position);
    }

    void putInt(int position, int value) {
        INTS.set(bytes, position, value);
    }

    private boolean isNext(byte mark) {
        if (at < length && bytes[at] == mark) {
            at++;
            return true;
        }
        return false;
    }

    private byte next() {
        skip(1);
        return bytes[at - 1];
    }
}
