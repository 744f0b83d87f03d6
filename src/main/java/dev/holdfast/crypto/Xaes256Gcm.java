package dev.holdfast.crypto;

import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * XAES-256-GCM with one key, on the ciphers of the Java platform. Source: C2SP, {@code c2sp.org/XAES-256-GCM}.
 *
 * <p>From the key and the first 12 bytes of the nonce a key for this one message is derived, and AES-256-GCM runs under it
 * with the other 12 bytes. So nonces may be drawn at random for practically unlimited messages: after 2<sup>80</sup> of
 * them the risk that two share a nonce is 2<sup>-32</sup>.
 *
 * <p>Safe for use by many threads: ciphers are not, so each call borrows a pair from a pool that belongs to this object and
 * goes with it. A thread-local or static pool would outlive the web application that caused it.
 */
final class Xaes256Gcm {
    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 24;
    static final int TAG_BYTES = 16;

    private final SecretKey key;
    private final ConcurrentLinkedDeque<XaesCiphers> idle = new ConcurrentLinkedDeque<>();

    Xaes256Gcm(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * Encrypts into {@code message}, which is a header, the nonce, and room for ciphertext and tag. Header and nonce are there
     * already; the nonce must never be used again.
     *
     * @param headerBytes how many bytes ahead of the nonce are authenticated, ahead of {@code associatedData}
     */
    void seal(byte[] plain, byte[] associatedData, byte[] message, int headerBytes) {
        try {
            XaesCiphers ciphers = borrow();
            ciphers.seal(plain, associatedData, message, headerBytes);
            idle.push(ciphers);
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /**
     * Decrypts such a message.
     *
     * @throws AEADBadTagException if it is not what {@link #seal} wrote, with this key, header, nonce and associated data
     */
    byte[] open(byte[] message, byte[] associatedData, int headerBytes) throws AEADBadTagException {
        try {
            XaesCiphers ciphers = borrow();
            byte[] plain = ciphers.open(message, associatedData, headerBytes);
            // Reached only without an exception: ciphers that threw may be in any state, and are dropped.
            idle.push(ciphers);
            return plain;
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /** How many cipher pairs wait in the pool. */
    int idleCiphers() {
        return idle.size();
    }

    private XaesCiphers borrow() throws GeneralSecurityException {
        XaesCiphers ciphers = idle.poll();
        return ciphers != null ? ciphers : new XaesCiphers(key);
    }

    private static IllegalStateException unusable(GeneralSecurityException e) {
        return new IllegalStateException(
                "this Java platform's AES-256-GCM cannot be used; check its security providers", e);
    }
}
