package dev.holdfast.crypto;

/**
 * Seals bytes and opens them again. Safe for use by many threads.
 */
public final class SessionCrypto {
    private SessionCrypto() {}

    /** Seals with the first key of the ring and opens with any of them. */
    public static SessionCrypto sealing(KeyRing keys) {
        throw new UnsupportedOperationException();
    }

    /** Stores everything in clear: the explicit opt-out. Opens nothing that was sealed. */
    public static SessionCrypto plaintext() {
        throw new UnsupportedOperationException();
    }

    /** Whether what {@link #seal} returns is encrypted. */
    public boolean encrypts() {
        throw new UnsupportedOperationException();
    }

    /** Seals {@code plain} and binds it to {@code associatedData}, which is not part of the result. */
    public byte[] seal(byte[] plain, byte[] associatedData) {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens what {@link #seal} returned.
     *
     * @throws NotAuthenticException if it is not exactly that, with the same associated data and a key of this ring
     */
    public byte[] open(byte[] sealed, byte[] associatedData) {
        throw new UnsupportedOperationException();
    }

    /**
     * Bytes that name this one sealing among all: two calls of {@link #seal} never share them. A delta is bound to its base
     * by them.
     *
     * @throws NotAuthenticException if {@code sealed} is too short to have such bytes
     */
    public byte[] identityOf(byte[] sealed) {
        throw new UnsupportedOperationException();
    }
}
