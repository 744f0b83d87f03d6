package dev.holdfast.crypto;

import dev.holdfast.HoldfastException;
import org.jspecify.annotations.Nullable;

/**
 * Sealed bytes did not open: they were changed, cut off or moved from elsewhere, or sealed with a key that is not in the
 * key ring. The message says which of these can be told apart, and never what the bytes are.
 */
public final class NotAuthenticException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    public NotAuthenticException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static NotAuthenticException cutOff(int actualBytes, int leastBytes) {
        return new NotAuthenticException(
                "the stored value is too short: it was cut off at " + actualBytes + " bytes, where the shortest has "
                        + leastBytes,
                null);
    }

    static NotAuthenticException unknownVersion(byte version) {
        return new NotAuthenticException(
                "the stored value has the format version " + Byte.toUnsignedInt(version)
                        + ", which is unknown here: it is damaged, or a newer version of Holdfast wrote it;"
                        + " if so, run that version on this node as well",
                null);
    }

    static NotAuthenticException unknownKey(long keyId, KeyRing keys) {
        return new NotAuthenticException(
                "the stored value is sealed with the key " + Envelope.keyIdText(keyId)
                        + ", which is not in the key file (it has " + String.join(", ", keys.keyIds())
                        + "): add that key to the file, after the first, and keep it until its sessions are gone;"
                        + " all nodes need the same keys",
                null);
    }

    static NotAuthenticException notAuthentic(long keyId, Throwable cause) {
        return new NotAuthenticException(
                "the stored value does not authenticate with its key " + Envelope.keyIdText(keyId)
                        + ": it was changed in the database, or copied or moved there from another session,"
                        + " application or column",
                cause);
    }

    static NotAuthenticException storedInPlaintext() {
        return new NotAuthenticException(
                "the stored value is in plaintext, and encryption is required here: it was written with"
                        + " encryption=\"plaintext\"; delete such sessions, or wait until they expire."
                        + " All nodes need the same setting",
                null);
    }

    static NotAuthenticException storedSealed() {
        return new NotAuthenticException(
                "the stored value is encrypted, and encryption=\"plaintext\" opens nothing encrypted: remove that"
                        + " setting and name the key file again, or delete such sessions, or wait until they expire."
                        + " All nodes need the same setting",
                null);
    }
}
