package dev.holdfast.codec;

import com.esotericsoftware.kryo.io.Output;

/** Writes one fragment; {@link GraphInput} tells the form of a text. */
final class GraphOutput extends Output {
    private static final int FIRST_BYTES = 4096;
    private static final int KEPT_BYTES = 256 * 1024;

    /** @param maxBytes more than these are a {@link com.esotericsoftware.kryo.io.KryoBufferOverflowException} */
    GraphOutput(int maxBytes) {
        super(Math.min(FIRST_BYTES, maxBytes), maxBytes);
    }

    /** Forgets what was written, and a large buffer with it. */
    void clear() {
        if (buffer.length > KEPT_BYTES) {
            setBuffer(new byte[FIRST_BYTES], maxCapacity);
        }
        position = 0;
    }

    void text(String text) {
        int length = text.length();
        if (length > Integer.MAX_VALUE / 2 - 8) {
            require(maxCapacity);
        }
        require(length + 5);
        int start = position;
        writeVarInt(length << 1, true);
        byte[] bytes = buffer;
        int at = position;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 0xFF) {
                position = start;
                wideText(text);
                return;
            }
            bytes[at++] = (byte) c;
        }
        position = at;
    }

    private void wideText(String text) {
        int length = text.length();
        writeVarInt((length << 1) | 1, true);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                writeByte(c);
            } else if (c < 0x800) {
                writeByte(0xC0 | (c >> 6));
                writeByte(0x80 | (c & 0x3F));
            } else {
                writeByte(0xE0 | (c >> 12));
                writeByte(0x80 | ((c >> 6) & 0x3F));
                writeByte(0x80 | (c & 0x3F));
            }
        }
    }
}
