package dev.holdfast.crypto;

import java.security.SecureRandom;
import java.util.Arrays;

/** The explicit opt-out: nothing is encrypted and nothing is authenticated. */
final class PlaintextCrypto implements SessionCrypto {
    private final SecureRandom random = new SecureRandom();

    @Override
    public boolean encrypts() {
        return false;
    }

    @Override
    public byte[] seal(byte[] plain, byte[] associatedData) {
        byte[] identity = new byte[Envelope.IDENTITY_BYTES];
        random.nextBytes(identity);
        byte[] envelope = new byte[Math.addExact(Envelope.PLAIN_OFFSET, plain.length)];
        envelope[0] = Envelope.PLAINTEXT;
        System.arraycopy(identity, 0, envelope, Envelope.IDENTITY_OFFSET, identity.length);
        System.arraycopy(plain, 0, envelope, Envelope.PLAIN_OFFSET, plain.length);
        return envelope;
    }

    @Override
    public byte[] open(byte[] sealed, byte[] associatedData) {
        requirePlaintext(sealed);
        return Arrays.copyOfRange(sealed, Envelope.PLAIN_OFFSET, sealed.length);
    }

    @Override
    public byte[] identityOf(byte[] sealed) {
        requirePlaintext(sealed);
        return Arrays.copyOfRange(sealed, Envelope.IDENTITY_OFFSET, Envelope.PLAIN_OFFSET);
    }

    @Override
    public String toString() {
        return "SessionCrypto[plaintext]";
    }

    private static void requirePlaintext(byte[] sealed) {
        if (sealed.length == 0) {
            throw NotAuthenticException.cutOff(0, Envelope.PLAIN_OFFSET);
        }
        switch (sealed[0]) {
            case Envelope.PLAINTEXT -> {
                if (sealed.length < Envelope.PLAIN_OFFSET) {
                    throw NotAuthenticException.cutOff(sealed.length, Envelope.PLAIN_OFFSET);
                }
            }
            case Envelope.XAES_256_GCM -> throw NotAuthenticException.storedSealed();
            default -> throw NotAuthenticException.unknownVersion(sealed[0]);
        }
    }
}
