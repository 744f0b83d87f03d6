package dev.holdfast.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Objects to bytes and back, for the values of one web application. Safe for use by many threads. Holds the application's
 * class loader until it is closed; while it encodes or decodes, that is the thread's context class loader.
 *
 * <p>What the application's own classes do when they are written or read (their hooks, {@code hashCode}, constructors of records)
 * runs on the calling thread, or for a very deep graph on one that ends with the call.
 */
public final class SessionCodec implements AutoCloseable {
    private volatile @Nullable Open open;

    /** What there is until it is closed. */
    private record Open(ClassLoader loader, Pool<Encoder> encoders, Decoder decoder) {}

    /** @throws IllegalArgumentException if a limit is not positive */
    public SessionCodec(CodecSettings settings) {
        if (settings.maxFragmentBytes() <= 0 || settings.maxDepth() <= 0) {
            throw new IllegalArgumentException("the limits of a codec are positive numbers");
        }
        CodecContext context = new CodecContext(settings);
        DeepStack deepStack = new DeepStack(settings.maxDepth());
        JavaForm javaForm = new JavaForm(context);
        Decoder decoder = new Decoder(context, deepStack, javaForm);
        Pool<Encoder> encoders = new Pool<>(() -> new Encoder(context, deepStack, javaForm, decoder));
        open = new Open(settings.classLoader(), encoders, decoder);
    }

    /**
     * Encodes entries, each on its own, except that those which share a mutable object come back in one fragment, and that
     * what cannot be encoded comes back as a refusal. The same unchanged objects encode to the same bytes each time.
     *
     * <p>Refused is what does not implement {@link java.io.Serializable} (the few JDK classes apart that are written all the
     * same, such as {@link java.util.Optional}), what the class filter does not admit, what is too large or too deep, what
     * changes at every attempt to look at it, and what throws.
     *
     * <p>Other threads may be changing the objects meanwhile. Each fragment decodes all the same; what it shows of an object that is
     * being changed is a state between before and after. To that end a writing hook of the application's runs twice, and a
     * reading hook where the two differ.
     *
     * @throws IllegalStateException if the codec is closed
     */
    public Encoding encode(Map<String, Object> entries) {
        Open now = open();
        return inContext(now.loader(), () -> now.encoders().use(encoder -> encoder.encode(entries)));
    }

    /**
     * Decodes a fragment into fresh objects, one per name, in the order of the names.
     *
     * @throws UndecodableException if this node cannot; the bytes may still be good for another
     * @throws IllegalStateException if the codec is closed
     */
    public Map<String, Object> decode(Fragment fragment) {
        Open now = open();
        int count = fragment.names().size();
        Object[] values = inContext(now.loader(), () -> now.decoder().decode(fragment.bytes(), count));
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            entries.put(fragment.names().get(i), values[i]);
        }
        return entries;
    }

    /** Whether the value can never change, so that the same reference means the same value. False where in doubt. */
    public boolean isImmutable(@Nullable Object value) {
        if (value == null || value instanceof Enum<?>) {
            return true;
        }
        JdkType type = JdkTypes.of(value.getClass());
        return type != null && type.immutable();
    }

    /** The plain form of a row's part. */
    public byte[] write(FragmentSet fragments) {
        return Framing.write(fragments);
    }

    /**
     * Reads what {@link #write} returned.
     *
     * @throws UndecodableException if the bytes are of an unknown format version or not well formed
     */
    public FragmentSet read(byte[] bytes) {
        return Framing.read(bytes);
    }

    /** Lets go of the application's classes. Idempotent. */
    @Override
    public void close() {
        Open last = open;
        open = null;
        if (last != null) {
            last.encoders().close();
            last.decoder().close();
        }
    }

    private Open open() {
        Open now = open;
        if (now == null) {
            throw new IllegalStateException("the codec is closed: its web application has stopped");
        }
        return now;
    }

    private static <T> T inContext(ClassLoader loader, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        if (before == loader) {
            return work.get();
        }
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
