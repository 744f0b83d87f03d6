package dev.holdfast.packaging.inside;

import dev.holdfast.codec.CodecSettings;
import dev.holdfast.codec.Encoding;
import dev.holdfast.codec.Fragment;
import dev.holdfast.codec.SessionCodec;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Values of an application through the codec of the -all JAR; answers with how they were before and after, if that differs. */
public final class ThereAndBack implements Function<Map<String, String>, String> {
    @Override
    public String apply(Map<String, String> input) {
        CodecSettings settings =
                new CodecSettings(ThereAndBack.class.getClassLoader(), name -> true, value -> 0, 1 << 20, 1_000);
        Map<String, Object> before = values();
        Map<String, Object> after = new LinkedHashMap<>();
        try (SessionCodec codec = new SessionCodec(settings)) {
            Encoding encoding = codec.encode(before);
            if (!encoding.refusals().isEmpty()) {
                return encoding.refusals().toString();
            }
            for (Fragment fragment : encoding.fragments()) {
                after.putAll(codec.decode(fragment));
            }
        }
        return before.equals(after) ? "the same" : before + " came back as " + after;
    }

    private static Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("jdk", new ArrayList<>(List.of(UUID.nameUUIDFromBytes(new byte[1]), Instant.EPOCH, 1L, "text")));
        values.put("record", new Point(1, 2));
        values.put("enum", Colour.BLUE);
        values.put("hooks", new Price("EUR", 5));
        return values;
    }

    enum Colour {
        RED,
        BLUE
    }

    record Point(int x, int y) implements Serializable {}

    /** Restores a transient field by the hook of Java serialization. */
    static final class Price implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String code;
        private final int amount;
        private transient Currency currency;

        Price(String code, int amount) {
            this.code = code;
            this.amount = amount;
            this.currency = Currency.getInstance(code);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            currency = Currency.getInstance(code);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Price that && amount == that.amount && currency == that.currency;
        }

        @Override
        public int hashCode() {
            return code.hashCode() + amount;
        }

        @Override
        public String toString() {
            return amount + " " + currency;
        }
    }
}
