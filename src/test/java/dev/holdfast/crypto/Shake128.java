package dev.holdfast.crypto;

import java.util.Arrays;

/** SHAKE-128 (FIPS 202), which the Java platform does not offer: the published tests of XAES-256-GCM are written in it. */
final class Shake128 {
    private static final int RATE_BYTES = 168;
    private static final long[] ROUND_CONSTANTS = roundConstants();

    private final long[] state = new long[25];
    private int at;
    private boolean squeezing;

    void absorb(byte[] bytes) {
        for (byte b : bytes) {
            xorByte(at++, b);
            permuteIfFull();
        }
    }

    byte[] squeeze(int length) {
        if (!squeezing) {
            squeezing = true;
            xorByte(at, (byte) 0x1f);
            xorByte(RATE_BYTES - 1, (byte) 0x80);
            permute();
            at = 0;
        }
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = (byte) (state[at / 8] >>> (8 * (at % 8)));
            at++;
            permuteIfFull();
        }
        return out;
    }

    private void xorByte(int index, byte b) {
        state[index / 8] ^= (b & 0xffL) << (8 * (index % 8));
    }

    private void permuteIfFull() {
        if (at == RATE_BYTES) {
            permute();
            at = 0;
        }
    }

    /** Keccak-f[1600], FIPS 202 section 3.3. */
    private void permute() {
        long[] c = new long[5];
        for (long roundConstant : ROUND_CONSTANTS) {
            for (int x = 0; x < 5; x++) {
                c[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
            }
            for (int i = 0; i < 25; i++) {
                state[i] ^= c[(i + 4) % 5] ^ Long.rotateLeft(c[(i + 1) % 5], 1);
            }
            long moving = state[1];
            int x = 1;
            int y = 0;
            for (int t = 0; t < 24; t++) {
                int nextY = (2 * x + 3 * y) % 5;
                x = y;
                y = nextY;
                long next = state[x + 5 * y];
                state[x + 5 * y] = Long.rotateLeft(moving, (t + 1) * (t + 2) / 2 % 64);
                moving = next;
            }
            for (int row = 0; row < 25; row += 5) {
                long[] a = Arrays.copyOfRange(state, row, row + 5);
                for (int i = 0; i < 5; i++) {
                    state[row + i] = a[i] ^ (~a[(i + 1) % 5] & a[(i + 2) % 5]);
                }
            }
            state[0] ^= roundConstant;
        }
    }

    private static long[] roundConstants() {
        long[] constants = new long[24];
        int lfsr = 1;
        for (int round = 0; round < 24; round++) {
            for (int j = 0; j < 7; j++) {
                if ((lfsr & 1) != 0) {
                    constants[round] |= 1L << ((1 << j) - 1);
                }
                lfsr = lfsr << 1 ^ ((lfsr & 0x80) != 0 ? 0x171 : 0);
            }
        }
        return constants;
    }
}
