package dev.holdfast.crypto;

/** What the first bytes of a stored value tell about how it is sealed, without opening it and so without certainty. */
public sealed interface EnvelopeHead {
    /** How many bytes tell it. */
    int BYTES = Envelope.HEADER_BYTES;

    /**
     * Encrypted.
     *
     * @param keyId the key's id, as {@link KeyRing#keyIds} shows it
     */
    record Encrypted(String keyId) implements EnvelopeHead {}

    /** In clear. */
    record Plaintext() implements EnvelopeHead {}

    /** Damaged, or written by a newer version. */
    record Unknown() implements EnvelopeHead {}

    /** Reads the first {@link #BYTES} bytes of a value, or all of a shorter one. */
    static EnvelopeHead of(byte[] firstBytes) {
        if (firstBytes.length == BYTES && firstBytes[0] == Envelope.XAES_256_GCM) {
            return new Encrypted(Envelope.keyIdText(Envelope.keyId(firstBytes)));
        }
        return firstBytes.length == BYTES && firstBytes[0] == Envelope.PLAINTEXT ? new Plaintext() : new Unknown();
    }
}
