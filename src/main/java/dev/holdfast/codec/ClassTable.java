package dev.holdfast.codec;

import com.esotericsoftware.kryo.ClassResolver;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.IdentityMap;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one graph. Before each value stands a varint:
 *
 * <pre>
 *   0            null
 *   1            a {@linkplain Definition definition} follows, which gets the next number, and then the value
 *   2 to 63      the class of the JDK's that has this {@linkplain JdkTypes code}
 *   64 and up    the class whose definition has this number, counted from 64
 * </pre>
 */
@SuppressWarnings("rawtypes") // of the interface
final class ClassTable implements ClassResolver {
    static final int NULL = 0;
    static final int DEFINITION = 1;
    static final int FIRST_NUMBER = 64;

    private final CodecContext context;
    private final IdentityMap<Class<?>, Entry> entries = new IdentityMap<>();
    private final ArrayList<Definition> definitions = new ArrayList<>();
    private @Nullable Graph graph;
    private @Nullable Plan current;
    private String lastRead = "";
    private int epoch = 1;
    private int count;

    private static final class Entry {
        private final Plan plan;
        private int epoch;
        private int number;

        Entry(Plan plan) {
            this.plan = plan;
        }
    }

    ClassTable(CodecContext context) {
        this.context = context;
    }

    /** Begins a graph. */
    @Override
    public void reset() {
        epoch++;
        count = 0;
        definitions.clear();
        lastRead = "";
    }

    /** The plan of the value whose class was written or read last. */
    Plan current() {
        Plan plan = current;
        if (plan == null) {
            throw new IllegalStateException("no class yet");
        }
        return plan;
    }

    /** The class that was read last, for a message; empty if none was. */
    String lastRead() {
        return lastRead;
    }

    @Override
    public @Nullable Registration writeClass(Output output, @Nullable Class type) {
        if (type == null) {
            output.writeByte(NULL);
            return null;
        }
        checkDepth();
        Entry entry = entryOf(type);
        Plan plan = entry.plan;
        if (plan.code() != 0) {
            output.writeByte(plan.code());
        } else if (entry.epoch == epoch) {
            output.writeVarInt(FIRST_NUMBER + entry.number, true);
        } else {
            entry.epoch = epoch;
            entry.number = count++;
            output.writeByte(DEFINITION);
            output.writeBytes(plan.definition());
        }
        return makeCurrent(plan);
    }

    /** Compares first: G1 has a store into an old object cost a memory barrier. */
    private Registration makeCurrent(Plan plan) {
        if (current != plan) {
            current = plan;
        }
        return plan.registration();
    }

    private Entry entryOf(Class<?> type) {
        Entry entry = entries.get(type);
        if (entry == null) {
            entry = new Entry(context.plans().of(type));
            entries.put(type, entry);
        }
        return entry;
    }

    @Override
    public @Nullable Registration readClass(Input input) {
        checkDepth();
        int tag = input.readVarInt(true);
        if (tag == NULL) {
            return null;
        }
        Plan plan;
        if (tag > DEFINITION && tag < FIRST_NUMBER) {
            plan = codedPlan(tag);
        } else {
            Definition definition = tag == DEFINITION ? define((GraphInput) input) : defined(tag);
            lastRead = definition.className();
            plan = definition.plan(context);
        }
        return makeCurrent(plan);
    }

    private Plan codedPlan(int code) {
        JdkType type = JdkTypes.coded(code);
        lastRead = type.type().getName();
        return context.plans().ofListed(type);
    }

    /** Reads a definition and gives it the next number. */
    Definition define(GraphInput in) {
        Definition definition = context.definitions().read(in);
        if (count < definitions.size()) {
            definitions.set(count, definition);
        } else {
            definitions.add(definition);
        }
        count++;
        return definition;
    }

    Definition defined(int tag) {
        int number = tag - FIRST_NUMBER;
        if (number < 0 || number >= definitions.size()) {
            throw new UndecodableException("the bytes are not well formed: a class is not described", null);
        }
        return definitions.get(number);
    }

    /** How many definitions were read so far; a part that is read a second time counts again from what it was then. */
    int count() {
        return count;
    }

    void setCount(int definitionsRead) {
        count = definitionsRead;
    }

    private void checkDepth() {
        Graph current = graph;
        if (current != null) {
            current.checkDepth();
        }
    }

    @Override
    public void setKryo(Kryo kryo) {
        graph = (Graph) kryo;
    }

    // Kryo registers primitive types when it is made. Here plans are registered instead, on first use.

    @Override
    public Registration register(Registration registration) {
        return registration;
    }

    @Override
    public @Nullable Registration unregister(int classId) {
        return null;
    }

    @Override
    public Registration registerImplicit(Class type) {
        return entryOf(type).plan.registration();
    }

    @Override
    public @Nullable Registration getRegistration(Class type) {
        return null;
    }

    @Override
    public @Nullable Registration getRegistration(int classId) {
        return null;
    }
}
