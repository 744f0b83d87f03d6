package dev.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A Kryo instance set up for the objects of sessions, with its buffers: walks one graph at a time. Not safe for use by
 * several threads, and not to be used again after anything was thrown out of it.
 */
final class Graph extends Kryo {
    /** The first byte of a fragment whose values follow in Kryo's graph; {@link JavaForm} has another. */
    static final int FORM = 1;

    /** What stands for the first object of a graph where it is met again; Kryo keeps the numbers below for itself. */
    private static final int FIRST_REFERENCE = 2;

    /** Beyond this depth a graph is written and read on a thread whose stack was made for it. */
    private static final int SHALLOW = 500;

    private final CodecContext context;
    private final ClassTable classes;
    private final References references;
    private final @Nullable Plan texts;
    private final DescriptorTable descriptors;
    private final GraphOutput out;
    private final GraphInput in = new GraphInput();
    private final BoundedBytes sectionBytes;
    private @Nullable IdentityHashMap<Object, @Nullable Object[]> snapshots;
    private @Nullable IdentityHashMap<Object, Object> monitors;
    private int value;
    private boolean writing;
    private int depthLimit;
    private int skipping;

    /** @param sharing for what is written; null if it only reads */
    Graph(CodecContext context, @Nullable Sharing sharing) {
        this(context, sharing, new ClassTable(context), new DescriptorTable(context.descriptors()));
    }

    private Graph(CodecContext context, @Nullable Sharing sharing, ClassTable classes, DescriptorTable descriptors) {
        this(context, classes, descriptors, new References(classes, descriptors, sharing));
    }

    private Graph(CodecContext context, ClassTable classes, DescriptorTable descriptors, References references) {
        super(classes, references);
        this.context = context;
        this.classes = classes;
        this.descriptors = descriptors;
        this.references = references;
        this.texts = context.plans().find(String.class);
        int maxBytes = context.settings().maxFragmentBytes();
        this.out = new GraphOutput(maxBytes);
        this.sectionBytes = new BoundedBytes(maxBytes);
        setAutoReset(false);
        setOptimizedGenerics(false);
    }

    /**
     * Writes the values as one graph.
     *
     * @throws Refused if one cannot be written; it knows which
     */
    byte[] encode(Object[] values, boolean deepStack) {
        if (texts != null && values.length == 1 && values[0] instanceof String text) {
            return encodeText(text, texts);
        }
        begin(true, deepStack);
        out.writeByte(FORM);
        for (int i = 0; i < values.length; i++) {
            value = i;
            try {
                writeClassAndObject(out, values[i]);
            } catch (Throwable t) {
                RuntimeException thrown = Refused.at(t, values[i], "");
                if (thrown instanceof Refused refused) {
                    refused.setEntry(i);
                }
                throw thrown;
            }
        }
        byte[] bytes = out.toBytes();
        clear();
        return bytes;
    }

    /** What would come out too, without what the one object of a graph does not need. */
    private byte[] encodeText(String text, Plan plan) {
        out.writeByte(FORM);
        out.writeByte(plan.code());
        out.writeByte(NOT_NULL);
        out.text(text);
        byte[] bytes = out.toBytes();
        out.clear();
        return bytes;
    }

    /**
     * Reads what {@link #encode} returned.
     *
     * @throws UndecodableException if it cannot be read here
     */
    Object[] decode(byte[] bytes, int count, boolean deepStack) {
        begin(false, deepStack);
        try {
            Object[] values = decode(bytes, count);
            clear();
            return values;
        } catch (Throwable t) {
            throw Undecodable.of(t, classes.lastRead());
        }
    }

    private Object[] decode(byte[] bytes, int count) {
        in.open(bytes);
        in.skipBytes(1);
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            Object value = readValue(in);
            if (value == null) {
                throw new UndecodableException("a value resolves to null", null);
            }
            values[i] = value;
        }
        if (in.remaining() != 0) {
            throw new UndecodableException("the bytes are not well formed: there are more than were expected", null);
        }
        return values;
    }

    /** To the same bytes as Kryo does it; but most values are texts, and these need little of what the general case needs. */
    @Override
    public void writeClassAndObject(Output to, @Nullable Object value) {
        if (value instanceof String text && texts != null && isShallow()) {
            to.writeByte(texts.code());
            int number = references.sharing().visit(text, texts);
            if (number >= 0) {
                to.writeVarInt(number + FIRST_REFERENCE, true);
            } else {
                to.writeByte(NOT_NULL);
                ((GraphOutput) to).text(text);
            }
        } else {
            super.writeClassAndObject(to, value);
        }
    }

    /** From the same bytes as Kryo does it, with a shorter way for a text that stands there for the first time. */
    @Override
    public @Nullable Object readClassAndObject(Input from) {
        if (texts != null && isShallow() && ((GraphInput) from).skipIfNext(texts.code(), NOT_NULL)) {
            return references.readText((GraphInput) from);
        }
        return super.readClassAndObject(from);
    }

    /** Whether a part of the present object is within the limit. */
    private boolean isShallow() {
        return getDepth() + skipping < depthLimit;
    }

    private void begin(boolean forWriting, boolean deepStack) {
        int maxDepth = context.settings().maxDepth();
        writing = forWriting;
        depthLimit = deepStack ? maxDepth : Math.min(SHALLOW, maxDepth);
    }

    /** Lets go of the values of the last graph. */
    private void clear() {
        reset();
        descriptors.reset();
        out.clear();
        in.clear();
        sectionBytes.clear();
        snapshots = null;
        monitors = null;
        skipping = 0;
    }

    CodecContext context() {
        return context;
    }

    GraphInput input() {
        return in;
    }

    DescriptorTable descriptors() {
        return descriptors;
    }

    /** For one section at a time. */
    BoundedBytes sectionBytes() {
        return sectionBytes;
    }

    void checkDepth() {
        if (getDepth() + skipping > depthLimit) {
            int maxDepth = context.settings().maxDepth();
            if (depthLimit < maxDepth) {
                throw new WholeGraphSignal.Deep();
            }
            String reason = "nested deeper than " + maxDepth + " objects";
            throw writing ? new Refused(reason) : new UndecodableException(reason, null);
        }
    }

    void writePart(GraphOutput to, @Nullable Object value, String step) {
        try {
            writeClassAndObject(to, value);
        } catch (Throwable t) {
            throw failed(t, value, step);
        }
    }

    void writeElement(GraphOutput to, @Nullable Object value, int index) {
        try {
            writeClassAndObject(to, value);
        } catch (Throwable t) {
            throw failed(t, value, "[" + index + "]");
        }
    }

    /** Keys are values too, so a path tells their position only. */
    void writeEntry(GraphOutput to, @Nullable Object key, @Nullable Object value, int index) {
        try {
            writeClassAndObject(to, key);
        } catch (Throwable t) {
            throw failed(t, key, "[key " + index + "]");
        }
        try {
            writeClassAndObject(to, value);
        } catch (Throwable t) {
            throw failed(t, value, "[value " + index + "]");
        }
    }

    private static RuntimeException failed(Throwable thrown, @Nullable Object value, String step) {
        return Refused.at(thrown, value == null ? "" : value, step);
    }

    @Nullable
    Object readValue(GraphInput from) {
        return readClassAndObject(from);
    }

    void skipValues(GraphInput from, int count) {
        for (int i = 0; i < count; i++) {
            skipValue(from);
        }
    }

    /** Passes over a value of which perhaps not even the class is there. */
    void skipValue(GraphInput from) {
        int position = from.position();
        int definitionsBefore = classes.count();
        int descriptorsBefore = descriptors.count();
        int tag = from.readVarInt(true);
        if (tag == ClassTable.NULL) {
            return;
        }
        skipping++;
        checkDepth();
        if (tag > ClassTable.DEFINITION && tag < ClassTable.FIRST_NUMBER) {
            JdkType type = JdkTypes.coded(tag);
            if (!type.tracked() || isFirst(from)) {
                if (type.tracked()) {
                    references.skipNew(position, definitionsBefore, descriptorsBefore);
                }
                type.serializer().skip(this, from);
            }
        } else {
            Definition definition = tag == ClassTable.DEFINITION ? classes.define(from) : classes.defined(tag);
            if (!definition.isTracked() || isFirst(from)) {
                if (definition.isTracked()) {
                    references.skipNew(position, definitionsBefore, descriptorsBefore);
                }
                definition.skip(this, from);
            }
        }
        skipping--;
    }

    /** Whether the object itself follows, rather than a reference to one that came before. */
    private static boolean isFirst(GraphInput from) {
        return from.readVarInt(true) == NOT_NULL;
    }

    /**
     * The object whose writing has just begun is going to be made after its parts: none of them may refer back to it.
     *
     * @return for {@link #closeLate}
     */
    int openLate() {
        Sharing sharing = references.sharing();
        int number = sharing.last();
        sharing.openLate(number);
        return number;
    }

    void closeLate(int number) {
        references.sharing().closeLate(number);
    }

    /** Keeps what was taken out of a collection under a monitor that will not be held when the collection is written. */
    void keepSnapshot(Object collection, @Nullable Object[] contents) {
        if (snapshots == null) {
            snapshots = new IdentityHashMap<>();
        }
        snapshots.put(collection, contents);
    }

    @Nullable
    Object @Nullable [] takeSnapshot(Object collection) {
        return snapshots == null ? null : snapshots.remove(collection);
    }

    /** The object may only be looked at while this monitor is held, which is not held now. */
    void keepMonitor(Object object, Object monitor) {
        if (monitors == null) {
            monitors = new IdentityHashMap<>();
        }
        monitors.put(object, monitor);
    }

    @Nullable
    Object takeMonitor(Object object) {
        return monitors == null ? null : monitors.remove(object);
    }

    /** What was just written may be torn: the graph counts only if it can be read. */
    void doubt() {
        references.sharing().doubt(value);
    }
}
