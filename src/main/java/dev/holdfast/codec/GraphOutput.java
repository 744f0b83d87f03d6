package dev.holdfast.codec;

import com.esotericsoftware.kryo.io.Output;

/** Writes one fragment; {@link GraphInput} tells the form of a text. */
final class GraphOutput extends Output {
    private static final int FIRST_BYTES = 4096;
    private static final int KEPT_BYTES = 256 * 1024;

    /** @param maxBytes more than these are a {@link com.esotericsoftware.kryo.io.KryoBufferOverflowException} */
    GraphOutput(int maxBytes) {
        this(Math.min(FIRST_BYTES, maxBytes), maxBytes);
    }

    /** @param firstBytes for so many there is room at once */
    GraphOutput(int firstBytes, int maxBytes) {
        super(firstBytes, maxBytes);
    }

    /** Forgets what was written, and a large buffer with it. */
    void clear() {
        if (buffer.length > KEPT_BYTES) {
            setBuffer(new byte[FIRST_BYTES], maxCapacity);
        }
        position = 0;
    }

    /** What was written, where nothing more is going to be: without a copy if the first buffer was just large enough. */
    byte[] finish() {
        return position == buffer.length ? buffer : toBytes();
    }

    @SuppressWarnings("deprecation") // takes the low byte of each char, which is what is wanted
    void text(String text) {
        int length = text.length();
        if (length > Integer.MAX_VALUE / 2 - 8) {
            require(maxCapacity);
        }
        if (isWide(text, length)) {
            wideText(text);
            return;
        }
        writeVarInt(length << 1, true);
        require(length);
        text.getBytes(0, length, buffer, position);
        position += length;
    }

    private static boolean isWide(String text, int length) {
        int all = 0;
        for (int i = 0; i < length; i++) {
            all |= text.charAt(i);
        }
        return all > 0xFF;
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
