package dev.holdfast.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Codecs and calls that the tests have in common. */
final class Codecs {
    static final int MAX_BYTES = 16 << 20;
    static final int MAX_DEPTH = 200_000;

    private Codecs() {}

    static SessionCodec forClassesOf(ClassLoader loader) {
        return new SessionCodec(settings(loader, name -> true, MAX_BYTES, MAX_DEPTH));
    }

    static SessionCodec forTests() {
        return forClassesOf(Codecs.class.getClassLoader());
    }

    static SessionCodec with(Predicate<String> filter) {
        return new SessionCodec(settings(Codecs.class.getClassLoader(), filter, MAX_BYTES, MAX_DEPTH));
    }

    static SessionCodec limited(int maxFragmentBytes, int maxDepth) {
        return new SessionCodec(settings(Codecs.class.getClassLoader(), name -> true, maxFragmentBytes, maxDepth));
    }

    static CodecSettings settings(ClassLoader loader, Predicate<String> filter, int maxFragmentBytes, int maxDepth) {
        return new CodecSettings(loader, filter, value -> value instanceof String ? 1 : 2, maxFragmentBytes, maxDepth);
    }

    /** The only fragment of a value that must be encodable. */
    static Fragment encode(SessionCodec codec, Object value) {
        Encoding encoding = codec.encode(Map.of("value", value));
        if (!encoding.refusals().isEmpty()) {
            throw new AssertionError("refused: " + encoding.refusals());
        }
        return encoding.fragments().get(0);
    }

    static Object decode(SessionCodec codec, Fragment fragment) {
        return codec.decode(fragment).values().iterator().next();
    }

    @SuppressWarnings("unchecked")
    static <T> T roundTrip(SessionCodec codec, T value) {
        return (T) decode(codec, encode(codec, value));
    }

    /** The refusal of a value that must not be encodable. */
    static Encoding.Refusal refusal(SessionCodec codec, String name, Object value) {
        Encoding encoding = codec.encode(Map.of(name, value));
        if (encoding.refusals().size() != 1) {
            throw new AssertionError("not refused: " + value.getClass());
        }
        return encoding.refusals().get(0);
    }

    static Map<String, Object> entries(Object... namesAndValues) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            entries.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return entries;
    }
}
