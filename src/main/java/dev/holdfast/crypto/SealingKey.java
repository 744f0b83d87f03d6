package dev.holdfast.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One key: its id and the cipher under it. The bytes of the key do not leave the cipher. Immutable. */
final class SealingKey {
    private static final byte[] ID_DOMAIN = "holdfast key id 1\0".getBytes(StandardCharsets.US_ASCII);

    private final long id;
    private final Xaes256Gcm cipher;

    SealingKey(byte[] key) {
        cipher = new Xaes256Gcm(key);
        // A key is 256 random bits, so its hash gives nothing away; the domain keeps it apart from the key's checksum.
        id = ByteBuffer.wrap(Sha256.of(ID_DOMAIN, key)).getLong();
    }

    /** Derived from the key itself, so that nobody has to name keys and no two nodes can name them differently. */
    long id() {
        return id;
    }

    Xaes256Gcm cipher() {
        return cipher;
    }

    /** The id, never the key. */
    @Override
    public String toString() {
        return Envelope.keyIdText(id);
    }
}
