package dev.holdfast.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one object through its own Java serialization hooks, in a stream of its own in which every object it refers to is
 * only a token; those objects follow in the graph. So hooks see what they expect, and identity survives.
 *
 * <pre>
 *   descriptors     see {@link DescriptorTable}
 *   length, bytes   the section, see {@link SectionOutput}
 *   count, values   what the tokens stand for, in their order
 * </pre>
 */
final class Sections {
    private static final int MOST_ATTEMPTS = 16;

    private Sections() {}

    /**
     * Makes the section and leaves it in {@link Graph#sectionBytes}, to be written next or thrown away.
     *
     * @param mayTear whether its hook writes a size and then elements, and may not notice a change in between: two equal
     *     sections in a row were then made of an object that stood still
     * @return what its tokens stand for
     */
    @SuppressWarnings("ThreadPriorityCheck") // politeness: nothing depends on it
    static List<Object> capture(Graph graph, Object root, boolean mayTear) {
        byte[] before = null;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                List<Object> parts = captureOnce(graph, root);
                if (!mayTear || same(before, graph.sectionBytes())) {
                    return parts;
                }
                before = graph.sectionBytes().toBytes();
            } catch (ConcurrentModificationException | IndexOutOfBoundsException e) {
                graph.descriptors().discardFresh();
                before = null;
                Thread.yield();
            }
        }
        throw Snapshots.changing(root);
    }

    private static boolean same(byte @Nullable [] before, BoundedBytes now) {
        return before != null && Arrays.equals(before, 0, before.length, now.array(), 0, now.count());
    }

    private static List<Object> captureOnce(Graph graph, Object root) {
        BoundedBytes bytes = graph.sectionBytes();
        bytes.clear();
        List<Object> parts = new ArrayList<>();
        try (SectionOutput section = new SectionOutput(bytes, graph, root, parts)) {
            section.writeObject(root);
        } catch (IOException e) {
            throw new Refused(
                    "the serialization hooks of " + root.getClass().getName() + " failed with " + Redacted.where(e));
        }
        return parts;
    }

    /** Takes back a section that is not going to be written. */
    static void discard(Graph graph) {
        graph.descriptors().discardFresh();
    }

    static void write(Graph graph, GraphOutput out, Object root) {
        boolean mayTear = root instanceof Collection<?> || root instanceof Map<?, ?>;
        writeCaptured(graph, out, root, capture(graph, root, mayTear));
    }

    static void writeCaptured(Graph graph, GraphOutput out, Object root, List<Object> parts) {
        BoundedBytes section = graph.sectionBytes();
        graph.descriptors().writeFresh(out);
        out.writeVarInt(section.count(), true);
        out.writeBytes(section.array(), 0, section.count());
        out.writeVarInt(parts.size(), true);
        for (int i = 0; i < parts.size(); i++) {
            try {
                graph.writeClassAndObject(out, parts.get(i));
            } catch (Throwable t) {
                throw Refused.at(t, parts.get(i), FieldSearch.stepTo(root, parts.get(i), i));
            }
        }
    }

    /** @param className for a message */
    static @Nullable Object read(Graph graph, GraphInput in, String className) {
        graph.descriptors().readFresh(in);
        int length = in.count(1);
        int start = in.position();
        in.skipBytes(length);
        @Nullable Object[] parts = new @Nullable Object[in.count(1)];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = graph.readValue(in);
        }
        try (SectionInput section = new SectionInput(graph, in.getBuffer(), start, length, parts)) {
            return section.readObject();
        } catch (UndecodableException e) {
            throw e;
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
            throw new UndecodableException(
                    "class " + className + " does not read what its serialization hooks wrote: " + Redacted.where(e),
                    Redacted.of(e));
        }
    }

    static void skip(Graph graph, GraphInput in) {
        graph.descriptors().readFresh(in);
        in.skipBytes(in.count(1));
        graph.skipValues(in, in.count(1));
    }
}
