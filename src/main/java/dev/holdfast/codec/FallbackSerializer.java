package dev.holdfast.codec;

import org.jspecify.annotations.Nullable;

/**
 * An object of the JDK's that nearly always has a short form: a zero byte and that; or a one and a {@linkplain Sections section}
 * for the rest.
 */
final class FallbackSerializer<T> extends GraphSerializer<T> {
    private static final int SHORT = 0;
    private static final int SECTION = 1;

    private final Class<T> type;
    private final boolean tracked;
    private final ShortForm<T, ?> form;

    /**
     * @param <T> the class
     * @param <S> what its short form is made of
     */
    interface ShortForm<T, S> {
        /** What stands still while it is written; null if the value has no short form. */
        @Nullable
        S of(T value);

        /** What a section is made of instead: the value itself, or a copy of what had no short form, that stands still. */
        default T rest(T value) {
            return value;
        }

        void write(Graph graph, GraphOutput out, S state);

        T read(Graph graph, GraphInput in);

        void skip(Graph graph, GraphInput in);
    }

    /** @param tracked see {@link Plan#isTracked} */
    FallbackSerializer(Class<T> type, boolean tracked, ShortForm<T, ?> form) {
        this.type = type;
        this.tracked = tracked;
        this.form = form;
    }

    @Override
    void write(Graph graph, GraphOutput out, T value) {
        int number = tracked ? graph.openLate() : 0;
        Object monitor = graph.takeMonitor(value);
        if (!writeShort(form, graph, out, value, monitor)) {
            out.writeByte(SECTION);
            Sections.write(graph, out, form.rest(value));
        }
        if (tracked) {
            graph.closeLate(number);
        }
    }

    private static <T, S> boolean writeShort(
            ShortForm<T, S> form, Graph graph, GraphOutput out, T value, @Nullable Object monitor) {
        S state = stateOf(form, value, monitor);
        if (state == null) {
            return false;
        }
        out.writeByte(SHORT);
        form.write(graph, out, state);
        return true;
    }

    private static <T, S> @Nullable S stateOf(ShortForm<T, S> form, T value, @Nullable Object monitor) {
        if (monitor == null) {
            return form.of(value);
        }
        synchronized (monitor) {
            return form.of(value);
        }
    }

    @Override
    @Nullable
    T read(Graph graph, GraphInput in) {
        if (in.readByte() == SECTION) {
            return type.cast(Sections.read(graph, in, type.getName()));
        }
        return form.read(graph, in);
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        if (in.readByte() == SECTION) {
            Sections.skip(graph, in);
        } else {
            form.skip(graph, in);
        }
    }
}
