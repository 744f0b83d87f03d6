package dev.holdfast.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/** Seals with the first key of a ring and opens with any of them. */
final class SealingCrypto implements SessionCrypto {
    private final KeyRing keys;
    private final SecureRandom random = new SecureRandom();

    SealingCrypto(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public boolean encrypts() {
        return true;
    }

    @Override
    public byte[] seal(byte[] plain, byte[] associatedData) {
        byte[] nonce = new byte[Xaes256Gcm.NONCE_BYTES];
        random.nextBytes(nonce);
        return seal(nonce, plain, associatedData);
    }

    /** With a nonce from outside, for frozen vectors only: a nonce used twice gives the key of its messages away. */
    byte[] seal(byte[] nonce, byte[] plain, byte[] associatedData) {
        SealingKey key = keys.sealing();
        byte[] envelope = new byte[Math.addExact(Envelope.SEALED_MIN_BYTES, plain.length)];
        Envelope.writeHeader(envelope, key.id());
        System.arraycopy(nonce, 0, envelope, Envelope.NONCE_OFFSET, nonce.length);
        key.cipher().seal(plain, associatedData, envelope, Envelope.HEADER_BYTES);
        return envelope;
    }

    @Override
    public byte[] open(byte[] sealed, byte[] associatedData) {
        requireSealed(sealed);
        long id = Envelope.keyId(sealed);
        SealingKey key = keys.find(id);
        if (key == null) {
            throw NotAuthenticException.unknownKey(id, keys);
        }
        try {
            return key.cipher().open(sealed, associatedData, Envelope.HEADER_BYTES);
        } catch (AEADBadTagException e) {
            throw NotAuthenticException.notAuthentic(id, e);
        }
    }

    @Override
    public byte[] identityOf(byte[] sealed) {
        requireSealed(sealed);
        return Arrays.copyOfRange(sealed, Envelope.NONCE_OFFSET, Envelope.CIPHERTEXT_OFFSET);
    }

    /** Names the key that seals by its id. */
    @Override
    public String toString() {
        return "SessionCrypto[XAES-256-GCM, " + keys + "]";
    }

    private static void requireSealed(byte[] sealed) {
        if (sealed.length == 0) {
            throw NotAuthenticException.cutOff(0, Envelope.SEALED_MIN_BYTES);
        }
        switch (sealed[0]) {
            case Envelope.XAES_256_GCM -> {
                if (sealed.length < Envelope.SEALED_MIN_BYTES) {
                    throw NotAuthenticException.cutOff(sealed.length, Envelope.SEALED_MIN_BYTES);
                }
            }
            case Envelope.PLAINTEXT -> throw NotAuthenticException.storedInPlaintext();
            default -> throw NotAuthenticException.unknownVersion(sealed[0]);
        }
    }
}
