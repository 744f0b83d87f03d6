package dev.holdfast.codec;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A view of the JDK's on another object, which only its Java serialization gives away: a zero byte and that object; or, if the
 * view has further parts (a monitor of its own), a one and a {@linkplain Sections section}.
 */
final class WrapperSerializer extends GraphSerializer<Object> {
    private static final int PLAIN = 0;
    private static final int SECTION = 1;

    private final Class<?> type;
    private final boolean guarded;
    private final Function<Object, Object> maker;

    /** @param guarded whether what is wrapped may only be looked at while the wrapper's monitor is held */
    WrapperSerializer(Class<?> type, boolean guarded, Function<Object, Object> maker) {
        this.type = type;
        this.guarded = guarded;
        this.maker = maker;
    }

    @Override
    void write(Graph graph, GraphOutput out, Object value) {
        int number = graph.openLate();
        Object monitor = guarded ? value : graph.takeMonitor(value);
        List<Object> parts = monitor == null ? Sections.capture(graph, value) : captureHolding(monitor, graph, value);
        if (parts.size() == 1) {
            Object wrapped = parts.get(0);
            Sections.discard(graph);
            out.writeByte(PLAIN);
            graph.writePart(out, wrapped, "");
            if (monitor != null) {
                graph.takeSnapshot(wrapped);
                graph.takeMonitor(wrapped);
            }
        } else {
            out.writeByte(SECTION);
            Sections.writeCaptured(graph, out, value, parts);
        }
        graph.closeLate(number);
    }

    /**
     * The monitor is held for moments only, while what is wrapped is looked at: held while the elements are written it could
     * deadlock with the application. What has hooks, or wraps again, is looked at later and told the monitor.
     */
    private static List<Object> captureHolding(Object monitor, Graph graph, Object value) {
        synchronized (monitor) {
            List<Object> parts = Sections.capture(graph, value);
            Object wrapped = parts.get(0);
            if (parts.size() == 1) {
                JdkType wrappedType = JdkTypes.of(wrapped.getClass());
                if (wrappedType != null && wrappedType.serializer() instanceof Snapshotting snapshotting) {
                    graph.keepSnapshot(wrapped, snapshotting.snapshot(wrapped));
                } else {
                    graph.keepMonitor(wrapped, monitor);
                }
            }
            return parts;
        }
    }

    @Override
    @Nullable
    Object read(Graph graph, GraphInput in) {
        if (in.readByte() == SECTION) {
            return Sections.read(graph, in, type.getName());
        }
        Object wrapped = graph.readValue(in);
        if (wrapped == null) {
            throw new UndecodableException("a " + type.getName() + " without contents", null);
        }
        return maker.apply(wrapped);
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        if (in.readByte() == SECTION) {
            Sections.skip(graph, in);
        } else {
            graph.skipValue(in);
        }
    }
}
