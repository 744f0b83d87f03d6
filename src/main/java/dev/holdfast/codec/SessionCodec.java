package dev.holdfast.codec;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects to bytes and back, for the values of one web application. Safe for use by many threads. Holds the application's
 * class loader until it is closed.
 */
public final class SessionCodec implements AutoCloseable {
    public SessionCodec(CodecSettings settings) {
        throw new UnsupportedOperationException(settings.toString());
    }

    /**
     * Encodes entries, each on its own, except that those which share a mutable object come back in one fragment, and that
     * what cannot be encoded comes back as a refusal. The same unchanged objects encode to the same bytes each time.
     */
    public Encoding encode(Map<String, Object> entries) {
        throw new UnsupportedOperationException(entries.toString());
    }

    /**
     * Decodes a fragment into fresh objects, one per name.
     *
     * @throws UndecodableException if this node cannot; the bytes may still be good for another
     */
    public Map<String, Object> decode(Fragment fragment) {
        throw new UnsupportedOperationException(fragment.toString());
    }

    /** Whether the value can never change, so that the same reference means the same value. False where in doubt. */
    public boolean isImmutable(@Nullable Object value) {
        throw new UnsupportedOperationException();
    }

    /** The plain form of a row's part. */
    public byte[] write(FragmentSet fragments) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads what {@link #write} returned.
     *
     * @throws UndecodableException if the bytes are of an unknown format version or not well formed
     */
    public FragmentSet read(byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    /** Lets go of the application's classes. Idempotent. */
    @Override
    public void close() {}
}
