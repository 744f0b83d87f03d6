package dev.holdfast.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The primary key of a row: SHA-256 of the application's name, a zero byte, and the session id without its jvmRoute, so
 * that a dump of the table gives no one a live cookie. Immutable.
 */
public final class IdHash implements Comparable<IdHash> {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private IdHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The key of a session.
     *
     * @param app the application's name, {@code ##version} included
     * @param sessionId the session id; what follows its first dot is a jvmRoute and not part of the key
     */
    public static IdHash of(String app, String sessionId) {
        MessageDigest sha256 = sha256();
        sha256.update(app.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        int route = sessionId.indexOf('.');
        String key = route < 0 ? sessionId : sessionId.substring(0, route);
        return new IdHash(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * A key as read from a row.
     *
     * @throws IllegalArgumentException unless there are {@value #LENGTH} bytes
     */
    public static IdHash ofBytes(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("an id hash has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new IdHash(bytes.clone());
    }

    /** A copy of the {@value #LENGTH} bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Byte order, unsigned: the order in which PostgreSQL sorts {@code bytea}. */
    @Override
    public int compareTo(IdHash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        // of SHA-256, four bytes are as good a hash as all of them
        return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    }

    /** The first eight hexadecimal digits: enough to find the row, the form in which logs name a session. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes, 0, 4);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
