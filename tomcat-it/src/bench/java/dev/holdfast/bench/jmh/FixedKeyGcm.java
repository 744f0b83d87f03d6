package dev.holdfast.bench.jmh;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM as cheap as the JDK has it: one key, one Cipher, a counter for a nonce. A yardstick; with keys that several
 * nodes share, a counter is no nonce. Not safe for use by several threads.
 */
final class FixedKeyGcm {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final SecretKey key = new SecretKeySpec(new byte[32], "AES");
    private final Cipher cipher;
    private long counter;

    FixedKeyGcm() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] seal(byte[] plain, byte[] associated) {
        byte[] message = new byte[NONCE_BYTES + plain.length + TAG_BYTES];
        ByteBuffer.wrap(message).putLong(++counter);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(message));
            cipher.updateAAD(associated);
            cipher.doFinal(plain, 0, plain.length, message, NONCE_BYTES);
            return message;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] open(byte[] message, byte[] associated) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonce(message));
            cipher.updateAAD(associated);
            return cipher.doFinal(message, NONCE_BYTES, message.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GCMParameterSpec nonce(byte[] message) {
        return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, message, 0, NONCE_BYTES);
    }
}
