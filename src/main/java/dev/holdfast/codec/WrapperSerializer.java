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
        List<Object> parts = guarded ? captureGuarded(graph, value) : Sections.capture(graph, value, false);
        if (parts.size() == 1) {
            Sections.discard(graph);
            out.writeByte(PLAIN);
            graph.writePart(out, parts.get(0), "");
            if (guarded) {
                graph.takeSnapshot(parts.get(0));
            }
        } else {
            out.writeByte(SECTION);
            Sections.writeCaptured(graph, out, value, parts);
        }
        graph.closeLate(number);
    }

    /** The monitor is held for a moment only: held while the elements are written it could deadlock with the application. */
    private static List<Object> captureGuarded(Graph graph, Object value) {
        synchronized (value) {
            List<Object> parts = Sections.capture(graph, value, false);
            Object wrapped = parts.get(0);
            JdkType wrappedType = JdkTypes.of(wrapped.getClass());
            if (parts.size() == 1
                    && wrappedType != null
                    && wrappedType.serializer() instanceof Snapshotting snapshotting) {
                graph.keepSnapshot(wrapped, snapshotting.snapshot(wrapped));
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
