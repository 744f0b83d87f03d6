package dev.holdfast.codec;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries to fragments: each on its own first, which also finds out which of them share an object; then those once more, as
 * one. Not safe for use by several threads, and not to be used again after anything was thrown out of it.
 */
final class Encoder {
    private static final int MOST_PROOFS = 16;

    /** In place of an entry's bytes. */
    private static final byte[] REFUSED = new byte[0];

    private final CodecContext context;
    private final DeepStack deepStack;
    private final JavaForm javaForm;
    private final Decoder decoder;
    private final Sharing sharing = new Sharing();
    private @Nullable Graph graph;

    Encoder(CodecContext context, DeepStack deepStack, JavaForm javaForm, Decoder decoder) {
        this.context = context;
        this.deepStack = deepStack;
        this.javaForm = javaForm;
        this.decoder = decoder;
    }

    Encoding encode(Map<String, Object> entries) {
        int count = 0;
        String[] names = new String[entries.size()];
        Object[] values = new Object[names.length];
        for (Map.Entry<String, Object> entry : entries.entrySet()) {
            names[count] = entry.getKey();
            values[count++] = entry.getValue();
        }
        Encoding encoding = encode(names, values);
        sharing.clear();
        return encoding;
    }

    private Encoding encode(String[] names, Object[] values) {
        List<Fragment> fragments = new ArrayList<>(names.length);
        List<Encoding.Refusal> refusals = new ArrayList<>();
        byte[][] encoded = new byte[names.length][];
        sharing.begin(names.length);
        Object[] one = new Object[1];
        for (int i = 0; i < names.length; i++) {
            one[0] = values[i];
            try {
                encoded[i] = encodeGraph(one, i);
            } catch (Refused e) {
                encoded[i] = REFUSED;
                refusals.add(new Encoding.Refusal(names[i], e.path(names[i]), e.reason()));
            }
        }
        Map<Integer, List<Integer>> groups = sharing.anyShared() ? groups(encoded) : Map.of();
        for (int i = 0; i < names.length; i++) {
            byte[] bytes = encoded[i];
            if (bytes != REFUSED && !groups.containsKey(sharing.groupOf(i))) {
                fragments.add(new Fragment(List.of(names[i]), flags(values[i]), bytes));
            }
        }
        for (List<Integer> group : groups.values()) {
            encodeTogether(group, names, values, fragments, refusals);
        }
        return new Encoding(List.copyOf(fragments), List.copyOf(refusals));
    }

    /** The entries of each group that has two or more which can be encoded. */
    private Map<Integer, List<Integer>> groups(byte[][] encoded) {
        Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != REFUSED) {
                groups.computeIfAbsent(sharing.groupOf(i), any -> new ArrayList<>())
                        .add(i);
            }
        }
        groups.values().removeIf(group -> group.size() == 1);
        return groups;
    }

    /** One fragment of a group, without those that another request has just made impossible to encode. */
    private void encodeTogether(
            List<Integer> group,
            String[] names,
            Object[] values,
            List<Fragment> fragments,
            List<Encoding.Refusal> refusals) {
        List<Integer> left = new ArrayList<>(group);
        left.sort(Comparator.comparing(i -> names[i]));
        while (!left.isEmpty()) {
            sharing.begin(1);
            Object[] together = left.stream().map(i -> values[i]).toArray();
            try {
                byte[] bytes = encodeGraph(together, 0);
                int flags = Arrays.stream(together).mapToInt(this::flags).reduce(0, (a, b) -> a | b);
                fragments.add(new Fragment(left.stream().map(i -> names[i]).toList(), flags, bytes));
                return;
            } catch (Refused e) {
                if (e.isWholeGraph()) {
                    String reason = e.reason() + " together with the entries that share an object with it";
                    left.forEach(i -> refusals.add(new Encoding.Refusal(names[i], names[i], reason)));
                    return;
                }
                String name = names[left.remove(e.entry())];
                refusals.add(new Encoding.Refusal(name, e.path(name), e.reason()));
            }
        }
    }

    /** Encodes, and where the hooks of an application's class may have been overtaken, again until it can be decoded. */
    @SuppressWarnings("ThreadPriorityCheck") // politeness: nothing depends on it
    private byte[] encodeGraph(Object[] values, int entry) {
        for (int attempt = 1; ; attempt++) {
            byte[] bytes = encodeOnce(values, entry);
            if (sharing.doubtful() < 0) {
                return bytes;
            }
            try {
                decoder.decode(bytes, values.length);
                return bytes;
            } catch (UndecodableException e) {
                if (attempt == MOST_PROOFS) {
                    Refused refused =
                            new Refused("what was encoded cannot be decoded, perhaps because it was being changed"
                                    + " by another request at each attempt: " + e.getMessage());
                    refused.setEntry(sharing.doubtful());
                    throw refused;
                }
                Thread.yield();
            }
        }
    }

    private byte[] encodeOnce(Object[] values, int entry) {
        try {
            return encodeGraph(values, entry, false);
        } catch (WholeGraphSignal.Deep | StackOverflowError e) {
            return deepStack.call(() -> encodeDeep(values, entry));
        }
    }

    private byte[] encodeDeep(Object[] values, int entry) {
        try {
            return encodeGraph(values, entry, true);
        } catch (StackOverflowError e) {
            throw Refused.wholeGraph("nested too deeply");
        }
    }

    private byte[] encodeGraph(Object[] values, int entry, boolean onDeepStack) {
        sharing.enter(entry);
        try {
            return encodeGraph(values, onDeepStack);
        } catch (WholeGraphSignal.LateCycle e) {
            sharing.enter(entry);
            return javaForm(values);
        } catch (KryoBufferOverflowException e) {
            throw tooLarge();
        }
    }

    /** The graph is used again only if nothing was thrown. */
    private byte[] encodeGraph(Object[] values, boolean onDeepStack) {
        Graph writer = graph;
        if (writer == null) {
            writer = new Graph(context, sharing);
            graph = writer;
        }
        try {
            return writer.encode(values, onDeepStack);
        } catch (Throwable t) {
            graph = null;
            throw t;
        }
    }

    private byte[] javaForm(Object[] values) {
        try {
            return javaForm.encode(values, sharing);
        } catch (KryoBufferOverflowException e) {
            throw tooLarge();
        }
    }

    private Refused tooLarge() {
        return Refused.wholeGraph("larger than " + context.settings().maxFragmentBytes() + " bytes");
    }

    private int flags(Object value) {
        return context.settings().flags().applyAsInt(value);
    }
}
