package dev.holdfast.crypto;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * How a value lies in the database. Rows outlive deployments, so a version once written is opened for ever; what changes
 * gets a new version byte.
 *
 * <p>Version {@code 0x01}, XAES-256-GCM:
 *
 * <pre>
 *   offset  bytes
 *        0      1  version, 0x01
 *        1      8  key id: the first 8 bytes of SHA-256("holdfast key id 1" 0x00 key)
 *        9     24  nonce, random
 *       33      n  ciphertext, as long as the plain bytes
 *     33+n     16  tag
 * </pre>
 *
 * The associated data of the AEAD are the first nine bytes, followed by what the caller binds the value to. The header has a
 * fixed length, so no two pairs of header and caller's data run together to the same bytes. The nonce needs no place there:
 * the key of the message is derived from it.
 *
 * <p>Version {@code 0x50} ({@code 'P'}), plaintext:
 *
 * <pre>
 *   offset  bytes
 *        0      1  version, 0x50
 *        1     24  identity, random
 *       25      n  the plain bytes
 * </pre>
 *
 * Plaintext authenticates nothing: neither a change nor a copy from elsewhere is noticed, and the caller's associated data
 * are ignored. Its version is far from {@code 0x01}, so that no single flipped bit turns one into the other.
 */
final class Envelope {
    static final byte XAES_256_GCM = 0x01;
    static final byte PLAINTEXT = 0x50;

    static final int KEY_ID_OFFSET = 1;
    static final int HEADER_BYTES = KEY_ID_OFFSET + Long.BYTES;
    static final int NONCE_OFFSET = HEADER_BYTES;
    static final int CIPHERTEXT_OFFSET = NONCE_OFFSET + Xaes256Gcm.NONCE_BYTES;
    static final int SEALED_MIN_BYTES = CIPHERTEXT_OFFSET + Xaes256Gcm.TAG_BYTES;

    static final int IDENTITY_BYTES = 24;
    static final int IDENTITY_OFFSET = 1;
    static final int PLAIN_OFFSET = IDENTITY_OFFSET + IDENTITY_BYTES;

    private Envelope() {}

    static void writeHeader(byte[] envelope, long keyId) {
        envelope[0] = XAES_256_GCM;
        ByteBuffer.wrap(envelope).putLong(KEY_ID_OFFSET, keyId);
    }

    static long keyId(byte[] envelope) {
        return ByteBuffer.wrap(envelope).getLong(KEY_ID_OFFSET);
    }

    /** The form in which messages and the command line name a key. */
    static String keyIdText(long keyId) {
        return HexFormat.of().toHexDigits(keyId);
    }
}
