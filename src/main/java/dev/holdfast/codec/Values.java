package dev.holdfast.codec;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Collections;
import java.util.Currency;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Values of the JDK that never change. */
final class Values {
    private Values() {}

    static void addTo(JdkTypes types) {
        types.add(JdkType.sharedValue(2, String.class, new Leaf<>(GraphOutput::text, GraphInput::text)));
        add(types, 3, Boolean.class, GraphOutput::writeBoolean, GraphInput::readBoolean);
        add(types, 4, Byte.class, GraphOutput::writeByte, GraphInput::readByte);
        add(types, 5, Character.class, GraphOutput::writeChar, GraphInput::readChar);
        add(types, 6, Short.class, (out, v) -> out.writeShort(v), GraphInput::readShort);
        add(types, 7, Integer.class, (out, v) -> out.writeVarInt(v, false), in -> in.readVarInt(false));
        add(types, 8, Long.class, (out, v) -> out.writeVarLong(v, false), in -> in.readVarLong(false));
        add(types, 9, Float.class, GraphOutput::writeFloat, GraphInput::readFloat);
        add(types, 10, Double.class, GraphOutput::writeDouble, GraphInput::readDouble);
        add(types, 11, BigInteger.class, Values::writeBigInteger, Values::readBigInteger);
        add(types, 12, BigDecimal.class, Values::writeBigDecimal, Values::readBigDecimal);
        add(types, 13, UUID.class, Values::writeUuid, in -> new UUID(in.readLong(), in.readLong()));
        types.add(JdkType.value(14, Class.class, new ClassSerializer()));
        types.add(JdkType.value(15, Locale.class, new FallbackSerializer<>(Locale.class, false, new Locales())));
        constant(types, 16, Collections.EMPTY_LIST);
        constant(types, 17, Collections.EMPTY_SET);
        constant(types, 18, Collections.EMPTY_MAP);

        add(types, 0, Currency.class, (out, v) -> out.text(v.getCurrencyCode()), in -> Currency.getInstance(in.text()));
        add(types, 0, URI.class, (out, v) -> out.text(v.toString()), in -> URI.create(in.text()));
        add(types, 0, URL.class, (out, v) -> out.text(v.toExternalForm()), Values::readUrl);
        add(types, 0, File.class, (out, v) -> out.text(v.getPath()), in -> new File(in.text()));
        add(types, 0, Pattern.class, Values::writePattern, Values::readPattern);
        // a lock or a marker, whose identity is all there is to it; Java serialization refuses it without need
        types.add(JdkType.sharedValue(0, Object.class, new Leaf<>((out, v) -> {}, in -> new Object())));
        types.add(JdkType.view(
                0,
                TimeZone.getTimeZone("UTC").getClass(),
                new FallbackSerializer<>(TimeZone.class, true, new TimeZones())));
    }

    private static <T> void add(
            JdkTypes types,
            int code,
            Class<T> type,
            BiConsumer<GraphOutput, T> writer,
            Function<GraphInput, T> reader) {
        types.add(JdkType.value(code, type, new Leaf<>(writer, reader)));
    }

    private static void constant(JdkTypes types, int code, Object constant) {
        types.add(JdkType.value(code, constant.getClass(), new Leaf<>((out, v) -> {}, in -> constant)));
    }

    private static void writeBigInteger(GraphOutput out, BigInteger value) {
        byte[] bytes = value.toByteArray();
        out.writeVarInt(bytes.length, true);
        out.writeBytes(bytes);
    }

    private static BigInteger readBigInteger(GraphInput in) {
        return new BigInteger(in.readBytes(in.count(1)));
    }

    private static void writeBigDecimal(GraphOutput out, BigDecimal value) {
        out.writeVarInt(value.scale(), false);
        writeBigInteger(out, value.unscaledValue());
    }

    private static BigDecimal readBigDecimal(GraphInput in) {
        int scale = in.readVarInt(false);
        return new BigDecimal(readBigInteger(in), scale);
    }

    private static void writeUuid(GraphOutput out, UUID value) {
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    private static URL readUrl(GraphInput in) {
        try {
            return new URL(in.text());
        } catch (MalformedURLException e) {
            throw new UndecodableException("this Java runtime has no handler for the protocol of a stored URL", null);
        }
    }

    private static void writePattern(GraphOutput out, Pattern value) {
        out.text(value.pattern());
        out.writeVarInt(value.flags(), true);
    }

    private static Pattern readPattern(GraphInput in) {
        String pattern = in.text();
        return Pattern.compile(pattern, in.readVarInt(true));
    }
}
