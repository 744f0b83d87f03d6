package dev.holdfast.crypto;

/**
 * Seals bytes and opens them again. Safe for use by many threads.
 *
 * <p>What is sealed is bound to associated data, which name the place it belongs to: copied to another place, it does not
 * open there. A plaintext instance keeps the same form and promises nothing of this.
 */
public sealed interface SessionCrypto permits SealingCrypto, PlaintextCrypto {

    /** Seals with the first key of the ring and opens with any of them, in XAES-256-GCM. Opens no plaintext. */
    static SessionCrypto sealing(KeyRing keys) {
        return new SealingCrypto(keys);
    }

    /**
     * Stores everything in clear: the explicit opt-out. It hides nothing, notices no change and no copy from elsewhere, and
     * opens nothing that was sealed.
     */
    static SessionCrypto plaintext() {
        return new PlaintextCrypto();
    }

    /** Whether what {@link #seal} returns is encrypted and authenticated. */
    boolean encrypts();

    /**
     * Seals {@code plain} and binds it to {@code associatedData}, which is not part of the result. The result is 49 bytes
     * longer than {@code plain}; 25 bytes in plaintext.
     */
    byte[] seal(byte[] plain, byte[] associatedData);

    /**
     * Opens what {@link #seal} returned.
     *
     * @throws NotAuthenticException if it is not exactly that, with the same associated data and a key of this ring
     */
    byte[] open(byte[] sealed, byte[] associatedData);

    /**
     * Bytes that name this one sealing among all: two calls of {@link #seal} never share them. A delta is bound to its base
     * by them. They are read without opening, so they are what they should be only if {@code sealed} opens.
     *
     * @throws NotAuthenticException if {@code sealed} is too short to have such bytes, or {@link #open} would refuse it
     *     before looking at its contents
     */
    byte[] identityOf(byte[] sealed);
}
