package dev.holdfast.codec;

import java.util.function.Function;

/** Arrays of primitives: their length and each element in its fixed width. */
final class PrimitiveArrays {
    private PrimitiveArrays() {}

    static void addTo(JdkTypes types) {
        add(types, 36, byte[].class, a -> a.length, (out, a) -> out.writeBytes(a), in -> in.readBytes(in.count(1)));
        add(
                types,
                37,
                int[].class,
                a -> a.length,
                (out, a) -> out.writeInts(a, 0, a.length),
                in -> in.readInts(in.count(Integer.BYTES)));
        add(
                types,
                38,
                long[].class,
                a -> a.length,
                (out, a) -> out.writeLongs(a, 0, a.length),
                in -> in.readLongs(in.count(Long.BYTES)));
        add(
                types,
                39,
                char[].class,
                a -> a.length,
                (out, a) -> out.writeChars(a, 0, a.length),
                in -> in.readChars(in.count(Character.BYTES)));
        add(
                types,
                40,
                double[].class,
                a -> a.length,
                (out, a) -> out.writeDoubles(a, 0, a.length),
                in -> in.readDoubles(in.count(Double.BYTES)));
        add(
                types,
                0,
                float[].class,
                a -> a.length,
                (out, a) -> out.writeFloats(a, 0, a.length),
                in -> in.readFloats(in.count(Float.BYTES)));
        add(
                types,
                0,
                short[].class,
                a -> a.length,
                (out, a) -> out.writeShorts(a, 0, a.length),
                in -> in.readShorts(in.count(Short.BYTES)));
        add(
                types,
                0,
                boolean[].class,
                a -> a.length,
                (out, a) -> out.writeBooleans(a, 0, a.length),
                in -> in.readBooleans(in.count(1)));
    }

    private interface Writer<T> {
        void write(GraphOutput out, T array);
    }

    private static <T> void add(
            JdkTypes types,
            int code,
            Class<T> type,
            Function<T, Integer> length,
            Writer<T> writer,
            Function<GraphInput, T> reader) {
        types.add(JdkType.mutable(
                code,
                type,
                new Leaf<T>(
                        (out, array) -> {
                            out.writeVarInt(length.apply(array), true);
                            writer.write(out, array);
                        },
                        reader)));
    }
}
