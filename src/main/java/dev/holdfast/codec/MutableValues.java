package dev.holdfast.codec;

import java.text.SimpleDateFormat;
import java.util.BitSet;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Values of the JDK that change in place. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // it is what sessions have
final class MutableValues {
    private MutableValues() {}

    static void addTo(JdkTypes types) {
        add(
                types,
                26,
                Date.class,
                (out, v) -> out.writeVarLong(v.getTime(), false),
                in -> new Date(in.readVarLong(false)));
        types.add(JdkType.mutable(
                27, GregorianCalendar.class, new FallbackSerializer<>(GregorianCalendar.class, true, new Calendars())));
        add(types, 28, StringBuilder.class, MutableValues::write, in -> new StringBuilder(in.text()));
        add(types, 29, StringBuffer.class, MutableValues::write, in -> new StringBuffer(in.text()));
        add(
                types,
                30,
                AtomicInteger.class,
                (out, v) -> out.writeVarInt(v.get(), false),
                in -> new AtomicInteger(in.readVarInt(false)));
        add(
                types,
                31,
                AtomicLong.class,
                (out, v) -> out.writeVarLong(v.get(), false),
                in -> new AtomicLong(in.readVarLong(false)));
        add(
                types,
                32,
                AtomicBoolean.class,
                (out, v) -> out.writeBoolean(v.get()),
                in -> new AtomicBoolean(in.readBoolean()));
        add(types, 0, BitSet.class, MutableValues::writeBits, MutableValues::readBits);
        types.add(JdkType.mutable(
                0,
                SimpleDateFormat.class,
                new CloneSerializer<>(SimpleDateFormat.class, (graph, format) -> unused(format))));
        types.add(JdkType.mutable(0, Properties.class, new CloneSerializer<>(Properties.class, (graph, properties) ->
                (Properties) properties.clone())));
    }

    private static <T> void add(
            JdkTypes types,
            int code,
            Class<T> type,
            BiConsumer<GraphOutput, T> writer,
            Function<GraphInput, T> reader) {
        types.add(JdkType.mutable(code, type, new Leaf<>(writer, reader)));
    }

    private static void write(GraphOutput out, CharSequence text) {
        out.text(Snapshots.take(text, text::toString));
    }

    private static void writeBits(GraphOutput out, BitSet bits) {
        long[] words = Snapshots.take(bits, bits::toLongArray);
        out.writeVarInt(words.length, true);
        out.writeLongs(words, 0, words.length);
    }

    private static BitSet readBits(GraphInput in) {
        return BitSet.valueOf(in.readLongs(in.count(Long.BYTES)));
    }

    /** Formatting and parsing leave the last time in the format's calendar; that is use and no change. */
    private static SimpleDateFormat unused(SimpleDateFormat format) {
        SimpleDateFormat copy = (SimpleDateFormat) format.clone();
        copy.getCalendar().setTimeInMillis(0);
        return copy;
    }
}
