package com.example.bench.floor;

import com.example.bench.Address;
import com.example.bench.Cart;
import com.example.bench.CartItem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Exactly the types of the sample session, written by hand: there is little that could be cheaper. */
final class FloorCodec {
    private static final int USUAL_BYTES = 4096;

    private FloorCodec() {}

    static byte[] encode(Map<String, Object> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            writeMap(out, attributes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> decode(byte[] bytes) {
        try {
            return readMap(new DataInputStream(new ByteArrayInputStream(bytes)), new LinkedHashMap<>());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeMap(DataOutputStream out, Map<?, ?> map) throws IOException {
        out.writeShort(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeUTF((String) entry.getKey());
            write(out, entry.getValue());
        }
    }

    private static Map<String, Object> readMap(DataInputStream in, Map<String, Object> map) throws IOException {
        int size = in.readUnsignedShort();
        for (int i = 0; i < size; i++) {
            map.put(in.readUTF(), read(in));
        }
        return map;
    }

    private static void write(DataOutputStream out, Object value) throws IOException {
        if (value instanceof String text) {
            out.writeByte('S');
            out.writeUTF(text);
        } else if (value instanceof Long number) {
            out.writeByte('L');
            out.writeLong(number);
        } else if (value instanceof Date date) {
            out.writeByte('D');
            out.writeLong(date.getTime());
        } else if (value instanceof BigDecimal number) {
            out.writeByte('B');
            writeDecimal(out, number);
        } else if (value instanceof List<?> list) {
            out.writeByte('A');
            out.writeShort(list.size());
            for (Object element : list) {
                write(out, element);
            }
        } else if (value instanceof LinkedHashMap<?, ?> map) {
            out.writeByte('O');
            writeMap(out, map);
        } else if (value instanceof HashMap<?, ?> map) {
            out.writeByte('H');
            writeMap(out, map);
        } else if (value instanceof Address address) {
            out.writeByte('P');
            out.writeUTF(address.getStreet());
            out.writeUTF(address.getPostcode());
            out.writeUTF(address.getCity());
            out.writeUTF(address.getCountry());
        } else if (value instanceof Cart cart) {
            out.writeByte('C');
            writeCart(out, cart);
        } else {
            throw new IOException("not of the sample session: " + value.getClass());
        }
    }

    private static Object read(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 'S' -> in.readUTF();
            case 'L' -> in.readLong();
            case 'D' -> new Date(in.readLong());
            case 'B' -> readDecimal(in);
            case 'A' -> readList(in);
            case 'O' -> readMap(in, new LinkedHashMap<>());
            case 'H' -> readMap(in, new HashMap<>());
            case 'P' -> readAddress(in);
            case 'C' -> readCart(in);
            default -> throw new IOException("no such kind: " + kind);
        };
    }

    private static void writeDecimal(DataOutputStream out, BigDecimal number) throws IOException {
        byte[] unscaled = number.unscaledValue().toByteArray();
        out.writeByte(number.scale());
        out.writeByte(unscaled.length);
        out.write(unscaled);
    }

    private static BigDecimal readDecimal(DataInputStream in) throws IOException {
        int scale = in.readByte();
        byte[] unscaled = new byte[in.readByte()];
        in.readFully(unscaled);
        return new BigDecimal(new BigInteger(unscaled), scale);
    }

    private static List<Object> readList(DataInputStream in) throws IOException {
        int size = in.readUnsignedShort();
        List<Object> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(read(in));
        }
        return list;
    }

    private static Address readAddress(DataInputStream in) throws IOException {
        Address address = new Address();
        address.setStreet(in.readUTF());
        address.setPostcode(in.readUTF());
        address.setCity(in.readUTF());
        address.setCountry(in.readUTF());
        return address;
    }

    private static void writeCart(DataOutputStream out, Cart cart) throws IOException {
        out.writeLong(cart.getChanged().getTime());
        out.writeShort(cart.getItems().size());
        for (CartItem item : cart.getItems()) {
            out.writeUTF(item.getSku());
            out.writeUTF(item.getName());
            out.writeInt(item.getQuantity());
            writeDecimal(out, item.getPrice());
        }
    }

    private static Cart readCart(DataInputStream in) throws IOException {
        Cart cart = new Cart();
        cart.setChanged(new Date(in.readLong()));
        int size = in.readUnsignedShort();
        for (int i = 0; i < size; i++) {
            cart.getItems().add(new CartItem(in.readUTF(), in.readUTF(), in.readInt(), readDecimal(in)));
        }
        return cart;
    }
}
