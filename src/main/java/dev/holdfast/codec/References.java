package dev.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.ReferenceResolver;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one graph by number, so that each is written once. Numbers count from 0 in the order in which tracked
 * objects begin.
 */
@SuppressWarnings("rawtypes") // of the interface
final class References implements ReferenceResolver {
    /** Stands for an object that resolved to null. */
    static final Object NULL = new Object();

    /** Stands for an object that was passed over: where it begins, and what had been counted there. */
    private record Skipped(int position, int definitions, int descriptors) {}

    private final ClassTable classes;
    private final DescriptorTable descriptors;
    private final @Nullable Sharing sharing;
    private final ArrayList<@Nullable Object> read = new ArrayList<>();
    private @Nullable Graph graph;
    private int nextRead;

    /** @param sharing for what is written; null if nothing is */
    References(ClassTable classes, DescriptorTable descriptors, @Nullable Sharing sharing) {
        this.classes = classes;
        this.descriptors = descriptors;
        this.sharing = sharing;
    }

    Sharing sharing() {
        if (sharing == null) {
            throw new IllegalStateException("this graph only reads");
        }
        return sharing;
    }

    @Override
    public void reset() {
        if (read.size() > 4096) {
            read.clear();
            read.trimToSize();
        } else {
            read.clear();
        }
        nextRead = 0;
    }

    @Override
    public boolean useReferences(Class type) {
        return classes.current().isTracked();
    }

    /** Also enters the object if it is new, which spares a second search. */
    @Override
    public int getWrittenId(Object object) {
        Plan plan = classes.current();
        Sharing known = sharing();
        int number = known.visit(object, plan);
        if (number >= 0 && known.isLate(number)) {
            if (plan.isRestorableByJava()) {
                throw new WholeGraphSignal.LateCycle();
            }
            throw new Refused("an instance of " + object.getClass().getName()
                    + " is reached again from its own contents, which no serialization can restore");
        }
        return number;
    }

    @Override
    public int addWrittenObject(Object object) {
        return sharing().last();
    }

    @Override
    public int nextReadId(Class type) {
        int number = nextRead++;
        if (number == read.size()) {
            read.add(null);
        } else if (!(read.get(number) instanceof Skipped)) {
            throw new UndecodableException(
                    "an object that was removed is still in use in a way that cannot be read", null);
        }
        return number;
    }

    @Override
    public void setReadObject(int number, Object object) {
        read.set(number, object);
    }

    @Override
    public @Nullable Object getReadObject(Class type, int number) {
        if (number < 0 || number >= read.size()) {
            throw new UndecodableException("the bytes are not well formed: a reference leads nowhere", null);
        }
        Object object = read.get(number);
        if (object instanceof Skipped skipped) {
            return readNow(skipped, number);
        }
        if (object == null) {
            throw new UndecodableException("the bytes are not well formed: a reference leads into itself", null);
        }
        return object == NULL ? null : object;
    }

    /** Reads a text that stands there for the first time. */
    String readText(GraphInput in) {
        int number = nextReadId(String.class);
        String text = in.text();
        setReadObject(number, text);
        return text;
    }

    /** Passes over an object that begins at this position, where so many definitions and descriptors had been read. */
    void skipNew(int position, int definitionsBefore, int descriptorsBefore) {
        if (nextRead == read.size()) {
            read.add(new Skipped(position, definitionsBefore, descriptorsBefore));
        }
        nextRead++;
    }

    /**
     * Reads an object that was passed over because nobody seemed to need it. Its parts get the numbers that they got then,
     * and its definitions too.
     */
    private @Nullable Object readNow(Skipped skipped, int number) {
        Graph reader = graph;
        if (reader == null) {
            throw new IllegalStateException("no graph");
        }
        GraphInput in = reader.input();
        int position = in.position();
        int elementsLeft = in.elementsLeft();
        int definitionsRead = classes.count();
        int descriptorsRead = descriptors.count();
        int next = nextRead;
        in.setPosition(skipped.position());
        in.setElementsLeft(in.limit());
        classes.setCount(skipped.definitions());
        descriptors.setCount(skipped.descriptors());
        nextRead = number;
        Object object = reader.readValue(in);
        in.setPosition(position);
        in.setElementsLeft(elementsLeft);
        classes.setCount(definitionsRead);
        descriptors.setCount(descriptorsRead);
        nextRead = next;
        return object;
    }

    @Override
    public void setKryo(Kryo kryo) {
        graph = (Graph) kryo;
    }
}
