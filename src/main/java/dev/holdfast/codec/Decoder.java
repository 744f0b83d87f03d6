package dev.holdfast.codec;

/** Bytes to values. Safe for use by many threads. */
final class Decoder {
    private final CodecContext context;
    private final Pool<Graph> graphs;
    private final DeepStack deepStack;
    private final JavaForm javaForm;

    Decoder(CodecContext context, DeepStack deepStack, JavaForm javaForm) {
        this.context = context;
        this.graphs = new Pool<>(() -> new Graph(context, null));
        this.deepStack = deepStack;
        this.javaForm = javaForm;
    }

    /** @throws UndecodableException if this node cannot */
    Object[] decode(byte[] bytes, int count) {
        int maxBytes = context.settings().maxFragmentBytes();
        if (bytes.length > maxBytes) {
            throw new UndecodableException("larger than " + maxBytes + " bytes", null);
        }
        if (bytes.length == 0) {
            throw new UndecodableException("the bytes are not well formed: there are none", null);
        }
        try {
            return decode(bytes, count, false);
        } catch (WholeGraphSignal.Deep | StackOverflowError e) {
            return deepStack.call(() -> decodeDeep(bytes, count));
        }
    }

    /** Lets go of the application's classes. */
    void close() {
        graphs.close();
    }

    private Object[] decodeDeep(byte[] bytes, int count) {
        try {
            return decode(bytes, count, true);
        } catch (StackOverflowError e) {
            throw new UndecodableException("nested too deeply", null);
        }
    }

    private Object[] decode(byte[] bytes, int count, boolean onDeepStack) {
        return switch (bytes[0]) {
            case Graph.FORM -> graphs.use(graph -> graph.decode(bytes, count, onDeepStack));
            case JavaForm.FORM -> javaForm.decode(bytes, count);
            default ->
                throw new UndecodableException(
                        "the fragment is of form " + bytes[0] + ", which this version of Holdfast does not know", null);
        };
    }
}
