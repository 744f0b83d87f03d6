package dev.holdfast.codec;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.KryoBufferUnderflowException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one fragment. Believes no length: what a length promises must fit in the bytes that are left, and all elements of
 * all containers together may be no more than the fragment has bytes, so that memory stays in proportion to the input.
 *
 * <p>A text is a varint, twice its number of chars plus one if any of them is above U+00FF, then one byte per char, or one
 * to three (7 bits; 5 and 6; 4, 6 and 6) where some are wide. Chars are not code points, so lone surrogates survive.
 */
final class GraphInput extends Input {
    private int elementsLeft;

    void open(byte[] bytes) {
        setBuffer(bytes);
        elementsLeft = bytes.length;
    }

    /** Lets go of the bytes. */
    void clear() {
        setBuffer(NOTHING);
        if (chars.length > 4096) {
            chars = new char[32];
        }
    }

    private static final byte[] NOTHING = new byte[0];

    int remaining() {
        return limit - position;
    }

    /** A number of elements of which each takes at least so many bytes. */
    int count(int minBytesPerElement) {
        int count = readVarInt(true);
        if (count < 0 || count > remaining() / minBytesPerElement) {
            throw new UndecodableException("the bytes are not well formed: a length exceeds them", null);
        }
        elementsLeft -= count;
        if (elementsLeft < 0) {
            throw new UndecodableException("the bytes are not well formed: the lengths exceed them", null);
        }
        return count;
    }

    /** What reading a part a second time may use again. */
    int elementsLeft() {
        return elementsLeft;
    }

    void setElementsLeft(int elements) {
        elementsLeft = elements;
    }

    /** Passes over these two bytes if they come next. */
    boolean skipIfNext(int first, int second) {
        if (remaining() < 2 || buffer[position] != first || buffer[position + 1] != second) {
            return false;
        }
        position += 2;
        return true;
    }

    String text() {
        int header = readVarInt(true);
        int length = header >>> 1;
        if (length > remaining()) {
            throw new UndecodableException("the bytes are not well formed: a text exceeds them", null);
        }
        if ((header & 1) == 0) {
            String text = new String(buffer, position, length, StandardCharsets.ISO_8859_1);
            position += length;
            return text;
        }
        if (chars.length < length) {
            chars = new char[length];
        }
        for (int i = 0; i < length; i++) {
            chars[i] = wideChar();
        }
        return new String(chars, 0, length);
    }

    void skipText() {
        int header = readVarInt(true);
        int length = header >>> 1;
        if ((header & 1) == 0) {
            skipBytes(length);
        } else {
            for (int i = 0; i < length; i++) {
                wideChar();
            }
        }
    }

    void skipBytes(int count) {
        require(count);
        position += count;
    }

    private char wideChar() {
        int first = readByte();
        if (first >= 0) {
            return (char) first;
        }
        if ((first & 0xE0) == 0xC0) {
            return (char) (((first & 0x1F) << 6) | (readByte() & 0x3F));
        }
        int second = readByte() & 0x3F;
        return (char) (((first & 0x0F) << 12) | (second << 6) | (readByte() & 0x3F));
    }

    /** Kryo's own would move the rest to the front of the array, which is the fragment's and must stay as it is. */
    @Override
    protected int require(int required) {
        int remaining = limit - position;
        if (required < 0 || remaining < required) {
            throw new KryoBufferUnderflowException("the bytes end too early");
        }
        return remaining;
    }

    @Override
    protected int optional(int optional) {
        int remaining = limit - position;
        return remaining <= 0 ? -1 : Math.min(remaining, optional);
    }
}
