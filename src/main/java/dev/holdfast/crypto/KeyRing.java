package dev.holdfast.crypto;

/** The keys of an installation, newest first. Immutable; shows key ids, never keys. */
public final class KeyRing {
    private KeyRing() {}
}
