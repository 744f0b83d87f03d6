package dev.holdfast.codec;

import org.jspecify.annotations.Nullable;

/** Values by the letter that stands for their declared type: Z B C S I J F D, and L for an object. */
final class FieldCode {
    private FieldCode() {}

    static char of(Class<?> type) {
        return type.isPrimitive() ? type.descriptorString().charAt(0) : 'L';
    }

    static void write(char code, Graph graph, GraphOutput out, @Nullable Object value, String step) {
        if (code == 'L') {
            graph.writePart(out, value, step);
            return;
        }
        if (value == null) {
            throw new IllegalStateException("a primitive value is never null");
        }
        switch (code) {
            case 'Z' -> out.writeBoolean((Boolean) value);
            case 'B' -> out.writeByte((Byte) value);
            case 'C' -> out.writeChar((Character) value);
            case 'S' -> out.writeShort((Short) value);
            case 'I' -> out.writeVarInt((Integer) value, false);
            case 'J' -> out.writeVarLong((Long) value, false);
            case 'F' -> out.writeFloat((Float) value);
            case 'D' -> out.writeDouble((Double) value);
            default -> throw new IllegalStateException("no type has the letter " + code);
        }
    }

    static @Nullable Object read(char code, Graph graph, GraphInput in) {
        return switch (code) {
            case 'L' -> graph.readValue(in);
            case 'Z' -> in.readBoolean();
            case 'B' -> in.readByte();
            case 'C' -> in.readChar();
            case 'S' -> in.readShort();
            case 'I' -> in.readVarInt(false);
            case 'J' -> in.readVarLong(false);
            case 'F' -> in.readFloat();
            case 'D' -> in.readDouble();
            default -> throw new IllegalStateException("no type has the letter " + code);
        };
    }

    static void skip(char code, Graph graph, GraphInput in) {
        switch (code) {
            case 'L' -> graph.skipValue(in);
            case 'Z', 'B' -> in.skipBytes(1);
            case 'C', 'S' -> in.skipBytes(2);
            case 'I' -> in.readVarInt(false);
            case 'J' -> in.readVarLong(false);
            case 'F' -> in.skipBytes(4);
            case 'D' -> in.skipBytes(8);
            default -> throw new IllegalStateException("no type has the letter " + code);
        }
    }
}
