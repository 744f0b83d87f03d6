package dev.holdfast.codec;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A {@link FragmentSet} in bytes.
 *
 * <pre>
 *   version      byte, 1
 *   fragments    varint, then for each
 *     names      varint, then each as a text, in sorted order
 *     flags      varint of the 32 bits
 *     bytes      varint, then these
 *   removed      varint, then each name as a text
 * </pre>
 *
 * A varint has seven bits in each byte, the lowest first, and the high bit set in all bytes but the last. {@link GraphInput}
 * tells the form of a text. No name stands twice in one fragment or among the removed, but several fragments may carry the same:
 * the last one counts for it. Nothing follows.
 */
final class Framing {
    private static final int VERSION = 1;

    private Framing() {}

    /** @throws IllegalArgumentException if a name stands twice in one fragment, or among the removed */
    static byte[] write(FragmentSet set) {
        GraphOutput out = new GraphOutput(expectedBytes(set), Integer.MAX_VALUE - 8);
        out.writeByte(VERSION);
        out.writeVarInt(set.fragments().size(), true);
        for (Fragment fragment : set.fragments()) {
            writeNames(out, fragment.names());
            out.writeVarInt(fragment.flags(), true);
            out.writeVarInt(fragment.bytes().length, true);
            out.writeBytes(fragment.bytes());
        }
        writeNames(out, set.removed());
        return out.finish();
    }

    /** So many, unless a name has wide chars. */
    private static int expectedBytes(FragmentSet set) {
        List<Fragment> fragments = set.fragments();
        int bytes = 1 + varIntLength(fragments.size()) + expectedBytes(set.removed());
        for (int i = 0; i < fragments.size(); i++) {
            Fragment fragment = fragments.get(i);
            int length = fragment.bytes().length;
            bytes += expectedBytes(fragment.names()) + varIntLength(fragment.flags()) + varIntLength(length) + length;
        }
        return bytes;
    }

    private static int expectedBytes(List<String> names) {
        int bytes = varIntLength(names.size());
        for (int i = 0; i < names.size(); i++) {
            int length = names.get(i).length();
            bytes += varIntLength(length << 1) + length;
        }
        return bytes;
    }

    private static int varIntLength(int value) {
        return Output.varIntLength(value, true);
    }

    private static void writeNames(GraphOutput out, List<String> names) {
        int count = names.size();
        if (count > 1 && new HashSet<>(names).size() < count) {
            throw new IllegalArgumentException("an entry stands in a fragment twice");
        }
        out.writeVarInt(count, true);
        for (int i = 0; i < count; i++) {
            out.text(names.get(i));
        }
    }

    static FragmentSet read(byte[] bytes) {
        GraphInput in = new GraphInput();
        in.open(bytes);
        try {
            int version = in.readByte();
            if (version != VERSION) {
                throw new UndecodableException(
                        "the format version is " + version + ", this version of Holdfast knows " + VERSION, null);
            }
            return readParts(in);
        } catch (KryoException e) {
            throw new UndecodableException("the bytes are not well formed: they end too early", null);
        }
    }

    private static FragmentSet readParts(GraphInput in) {
        List<Fragment> fragments = new ArrayList<>();
        for (int left = in.count(4); left > 0; left--) {
            List<String> of = readNames(in);
            if (of.isEmpty()) {
                throw new UndecodableException("the bytes are not well formed: a fragment without a name", null);
            }
            int flags = in.readVarInt(true);
            fragments.add(new Fragment(of, flags, in.readBytes(in.count(1))));
        }
        List<String> removed = readNames(in);
        if (in.remaining() != 0) {
            throw new UndecodableException("the bytes are not well formed: something follows the end", null);
        }
        return new FragmentSet(fragments, removed);
    }

    private static List<String> readNames(GraphInput in) {
        int count = in.count(1);
        if (count == 1) {
            return List.of(in.text());
        }
        Set<String> before = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            String name = in.text();
            if (!before.add(name)) {
                throw new UndecodableException("the bytes are not well formed: a name stands there twice", null);
            }
            names.add(name);
        }
        return names;
    }
}
