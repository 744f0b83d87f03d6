package dev.holdfast.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP answers off a connection, one after the other: the status, the cookie, the body, and no more than is needed
 * for these. The object is used again for each answer.
 */
final class Reply {
    private static final byte[] CONTENT_LENGTH = ascii("content-length:");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding:");
    private static final byte[] SET_COOKIE = ascii("set-cookie:");
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
    private final byte[] bytes = in.array();
    private int status;
    private int bodyStart;
    private int bodyEnd;
    private @Nullable String cookie;

    /** Where the next bytes go. */
    ByteBuffer buffer() {
        return in;
    }

    int status() {
        return status;
    }

    /** Name and value of the cookie that was set, if one was. */
    @Nullable
    String cookie() {
        return cookie;
    }

    String body() {
        return new String(bytes, bodyStart, bodyEnd - bodyStart, StandardCharsets.UTF_8);
    }

    void clear() {
        in.clear();
    }

    /** Whether all of an answer has arrived; then it is there to be asked. */
    boolean complete() {
        int end = in.position();
        int lineStart = 0;
        int length = -1;
        boolean chunked = false;
        cookie = null;
        while (true) {
            int lineEnd = endOfLine(lineStart, end);
            if (lineEnd < 0) {
                return false;
            }
            if (lineEnd == lineStart) {
                break;
            }
            if (lineStart == 0) {
                status = (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
            } else if (startsWith(lineStart, lineEnd, CONTENT_LENGTH)) {
                length = decimal(lineStart + CONTENT_LENGTH.length, lineEnd);
            } else if (startsWith(lineStart, lineEnd, TRANSFER_ENCODING)) {
                chunked = true;
            } else if (startsWith(lineStart, lineEnd, SET_COOKIE)) {
                cookie = nameAndValue(lineStart + SET_COOKIE.length, lineEnd);
            }
            lineStart = lineEnd + 2;
        }
        bodyStart = lineStart + 2;
        if (chunked) {
            return dechunk(end);
        }
        bodyEnd = bodyStart + Math.max(0, length);
        return end >= bodyEnd;
    }

    boolean isWordAndNumber(String word, int number) {
        int length = word.length();
        if (bodyEnd - bodyStart < length + 2) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[bodyStart + i] != word.charAt(i)) {
                return false;
            }
        }
        return bytes[bodyStart + length] == ' ' && decimal(bodyStart + length + 1, bodyEnd) == number;
    }

    /** Moves the chunks together, once the last one is there. */
    private boolean dechunk(int end) {
        int from = bodyStart;
        int sum = 0;
        int pass = from;
        while (true) {
            int lineEnd = endOfLine(pass, end);
            if (lineEnd < 0) {
                return false;
            }
            int size = Integer.parseInt(ascii(pass, lineEnd), 16);
            if (lineEnd + 2 + size + 2 > end) {
                return false;
            }
            if (size == 0) {
                break;
            }
            pass = lineEnd + 2 + size + 2;
        }
        while (true) {
            int lineEnd = endOfLine(from, end);
            int size = Integer.parseInt(ascii(from, lineEnd), 16);
            if (size == 0) {
                break;
            }
            System.arraycopy(bytes, lineEnd + 2, bytes, bodyStart + sum, size);
            sum += size;
            // what is moved goes to the left: it never reaches a line that was not read yet
            from = lineEnd + 2 + size + 2;
        }
        bodyEnd = bodyStart + sum;
        return true;
    }

    private int endOfLine(int from, int end) {
        for (int i = from; i + 1 < end; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean startsWith(int from, int end, byte[] lowerCase) {
        if (end - from < lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            byte b = bytes[from + i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /** -1 for what is no number. */
    private int decimal(int from, int end) {
        int value = 0;
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            if (b == ' ') {
                continue;
            }
            if (b < '0' || b > '9') {
                return -1;
            }
            value = value * 10 + (b - '0');
        }
        return value;
    }

    private String nameAndValue(int from, int end) {
        String line = ascii(from, end);
        int semicolon = line.indexOf(';');
        return (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
    }

    private String ascii(int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.US_ASCII).strip();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
