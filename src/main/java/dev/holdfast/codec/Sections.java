package dev.holdfast.codec;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
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

    private static final long PAUSE_NANOS = 1_000_000;

    /** A hook that fails in such a way that it need not be another thread's doing is not run that often. */
    private static final int MOST_FAILURES = 4;

    /**
     * A section as it stands in {@link Graph#sectionBytes}.
     *
     * @param written whose hooks have written it; null if it is no more than a token
     */
    private record Capture(List<Object> parts, @Nullable Class<?> written) {}

    private Sections() {}

    /**
     * Makes the section of an object that stands still or whose hooks cannot be overtaken, and leaves it in
     * {@link Graph#sectionBytes}, to be written next or thrown away.
     *
     * @return what its tokens stand for
     */
    static List<Object> capture(Graph graph, Object root) {
        return attempt(graph, root).parts();
    }

    /**
     * As {@link #capture}, of an object that another thread may be changing. Hooks write how many there are and then each, and
     * may not notice a change in between; such a section could not be read.
     *
     * <ul>
     *   <li>Of the JDK's own hooks the form is known: {@link CountedHook} compares. If they never agree, the collection does not
     *       know its own size, as an unguarded one may not after two threads have changed it at once; it still shows its elements
     *       to the application, so the number is made to fit them rather than the attribute be lost. Where it may show null for
     *       what is just being taken out, a null counts that is there at a second look.
     *   <li>Of an application's own writing hook nothing is known. Two equal sections in a row speak for an object that stands
     *       still, at the price of running the hook twice, and that is nearly always enough. Where they differ, and for a while
     *       after that, the fragment is proved by decoding it before it is given away: see {@link Wariness} for why not always.
     * </ul>
     */
    private static List<Object> captureLive(Graph graph, Object root) {
        Capture first = attempt(graph, root);
        HookTraits traits = first.written() == null ? null : graph.context().traitsOf(first.written());
        if (traits == null || !traits.mayTear()) {
            return first.parts();
        }
        List<Object> parts = agreeing(graph, root, traits, first).parts();
        if (!traits.isOpaque() && !traits.isQueue()) {
            return parts;
        }
        if (traits.isQueue() || traits.wariness().isWary()) {
            graph.doubt();
            return parts;
        }
        byte[] before = graph.sectionBytes().toBytes();
        List<Object> again = agreeing(graph, root, traits, attempt(graph, root)).parts();
        if (!graph.sectionBytes().contains(before) || !alike(parts, again)) {
            traits.wariness().alarm();
            graph.doubt();
        }
        return again;
    }

    /** Some hooks make objects for the occasion: those can only be compared if they are plain values. */
    private static boolean alike(List<Object> parts, List<Object> again) {
        if (parts.size() != again.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            Object one = parts.get(i);
            Object other = again.get(i);
            if (one != other) {
                JdkType type = JdkTypes.of(one.getClass());
                if (one.getClass() != other.getClass() || (type != null && type.immutable() && !one.equals(other))) {
                    return false;
                }
            }
        }
        return true;
    }

    @SuppressWarnings("ThreadPriorityCheck") // politeness: nothing depends on it
    private static Capture agreeing(Graph graph, Object root, HookTraits traits, Capture first) {
        CountedHook hook = traits.counted();
        Capture capture = first;
        Capture doubted = null;
        byte[] doubtedSection = {};
        for (int attempt = 1; hook != null; attempt++) {
            byte[] section = graph.sectionBytes().array();
            int length = graph.sectionBytes().count();
            CountedHook.Verdict verdict = hook.check(section, length);
            if (verdict == CountedHook.Verdict.UNKNOWN) {
                graph.doubt();
                return capture;
            }
            if (verdict == CountedHook.Verdict.AGREES) {
                return capture;
            }
            if (verdict == CountedHook.Verdict.DOUBTFUL) {
                if (doubted != null
                        && graph.sectionBytes().contains(doubtedSection)
                        && alike(doubted.parts(), capture.parts())) {
                    return capture;
                }
                doubted = capture;
                doubtedSection = graph.sectionBytes().toBytes();
            }
            if (attempt == MOST_ATTEMPTS) {
                switch (hook.mend(section, length)) {
                    case AGREES -> {
                        return capture;
                    }
                    // true after all, beside what the class itself writes differently each time or a number that is
                    // never right
                    case DOUBTFUL -> {
                        graph.doubt();
                        return capture;
                    }
                    default -> throw Snapshots.changing(root);
                }
            }
            pause(attempt);
            capture = attempt(graph, root);
        }
        return capture;
    }

    /** At first only so long that another thread gets a turn; then so long that one which was stopped in the midst of a change does. */
    @SuppressWarnings("ThreadPriorityCheck") // politeness: nothing depends on it
    private static void pause(int attempt) {
        if (attempt < MOST_ATTEMPTS / 2) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Repeats what fails because another thread changes the object meanwhile. */
    @SuppressWarnings("ThreadPriorityCheck") // politeness: nothing depends on it
    private static Capture attempt(Graph graph, Object root) {
        for (int attempt = 1; ; attempt++) {
            graph.descriptors().discardFresh();
            try {
                return attemptOnce(graph, root);
            } catch (Refused | WholeGraphSignal | KryoBufferOverflowException e) {
                throw e;
            } catch (ConcurrentModificationException | IndexOutOfBoundsException e) {
                graph.context().traitsOf(root.getClass()).wariness().alarm();
                if (attempt == MOST_ATTEMPTS) {
                    throw Snapshots.changing(root);
                }
            } catch (RuntimeException e) {
                if (attempt == MOST_FAILURES) {
                    throw e;
                }
            }
            Thread.yield();
        }
    }

    private static Capture attemptOnce(Graph graph, Object root) {
        BoundedBytes bytes = graph.sectionBytes();
        bytes.clear();
        List<Object> parts = new ArrayList<>();
        try (SectionOutput section = new SectionOutput(bytes, graph, root, parts)) {
            section.writeObject(root);
            section.flush();
            return new Capture(parts, section.written());
        } catch (IOException e) {
            throw new Refused(
                    "the serialization hooks of " + root.getClass().getName() + " failed with " + Redacted.where(e));
        }
    }

    /** Takes back a section that is not going to be written. */
    static void discard(Graph graph) {
        graph.descriptors().discardFresh();
    }

    static void write(Graph graph, GraphOutput out, Object root) {
        Object monitor = graph.takeMonitor(root);
        List<Object> parts;
        if (monitor == null) {
            parts = captureLive(graph, root);
        } else {
            synchronized (monitor) {
                parts = captureLive(graph, root);
            }
        }
        writeCaptured(graph, out, root, parts);
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
        } catch (Throwable t) {
            throw Undecodable.because("class " + className + " does not read what its serialization hooks wrote: ", t);
        }
    }

    static void skip(Graph graph, GraphInput in) {
        graph.descriptors().readFresh(in);
        in.skipBytes(in.count(1));
        graph.skipValues(in, in.count(1));
    }
}
