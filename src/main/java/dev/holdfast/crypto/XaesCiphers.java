package dev.holdfast.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two ciphers that one XAES-256-GCM operation needs, kept for the next one: AES in ECB mode, keyed once, derives the
 * message keys; AES-GCM is keyed anew for each message. Making them costs twice what using them does.
 *
 * <p>For one thread at a time, and not to be used again after any exception.
 */
final class XaesCiphers {
    private static final int BLOCK_BYTES = 16;
    private static final int NONCE_HALF_BYTES = Xaes256Gcm.NONCE_BYTES / 2;

    private final Cipher ecb;
    private final Cipher gcm;
    /** K1 of the specification twice, each with its counter and label mixed in: only the nonce is missing. */
    private final byte[] prefix = new byte[2 * BLOCK_BYTES];

    private final byte[] blocks = new byte[2 * BLOCK_BYTES];

    XaesCiphers(SecretKey key) throws GeneralSecurityException {
        // ECB because single blocks are what the derivation is defined on; no message is ever encrypted in this mode.
        ecb = Cipher.getInstance("AES/ECB/NoPadding");
        ecb.init(Cipher.ENCRYPT_MODE, key);
        gcm = Cipher.getInstance("AES/GCM/NoPadding");

        byte[] k1 = doubled(ecb.doFinal(new byte[BLOCK_BYTES]));
        for (int block = 0; block < 2; block++) {
            int at = block * BLOCK_BYTES;
            System.arraycopy(k1, 0, prefix, at, BLOCK_BYTES);
            prefix[at + 1] ^= (byte) (block + 1);
            prefix[at + 2] ^= (byte) 'X';
        }
    }

    void seal(byte[] plain, byte[] associatedData, byte[] message, int headerBytes) throws GeneralSecurityException {
        rekey(Cipher.ENCRYPT_MODE, message, headerBytes);
        gcm.updateAAD(message, 0, headerBytes);
        gcm.updateAAD(associatedData);
        gcm.doFinal(plain, 0, plain.length, message, headerBytes + Xaes256Gcm.NONCE_BYTES);
    }

    byte[] open(byte[] message, byte[] associatedData, int headerBytes) throws GeneralSecurityException {
        rekey(Cipher.DECRYPT_MODE, message, headerBytes);
        gcm.updateAAD(message, 0, headerBytes);
        gcm.updateAAD(associatedData);
        int offset = headerBytes + Xaes256Gcm.NONCE_BYTES;
        return gcm.doFinal(message, offset, message.length - offset);
    }

    private void rekey(int mode, byte[] message, int nonceOffset) throws GeneralSecurityException {
        SecretKey derived = new SecretKeySpec(derive(message, nonceOffset), "AES");
        int tagBits = Xaes256Gcm.TAG_BYTES * Byte.SIZE;
        int secondHalf = nonceOffset + NONCE_HALF_BYTES;
        gcm.init(mode, derived, new GCMParameterSpec(tagBits, message, secondHalf, NONCE_HALF_BYTES));
    }

    /** The key for this one message: steps 3 to 5 of the specification. */
    byte[] derive(byte[] message, int nonceOffset) throws GeneralSecurityException {
        System.arraycopy(prefix, 0, blocks, 0, blocks.length);
        for (int i = 0; i < NONCE_HALF_BYTES; i++) {
            byte n = message[nonceOffset + i];
            blocks[4 + i] ^= n;
            blocks[BLOCK_BYTES + 4 + i] ^= n;
        }
        return ecb.doFinal(blocks);
    }

    /** Step 2: a left shift in the field of CMAC (NIST SP 800-38B, section 6.1), without a branch on key material. */
    private static byte[] doubled(byte[] l) {
        byte[] k1 = new byte[BLOCK_BYTES];
        for (int i = 0; i < BLOCK_BYTES - 1; i++) {
            k1[i] = (byte) ((l[i] << 1) | ((l[i + 1] & 0xff) >>> 7));
        }
        int carry = (l[0] & 0xff) >>> 7;
        k1[BLOCK_BYTES - 1] = (byte) ((l[BLOCK_BYTES - 1] << 1) ^ (-carry & 0x87));
        return k1;
    }
}
