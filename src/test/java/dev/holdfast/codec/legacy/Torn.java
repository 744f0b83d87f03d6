package dev.holdfast.codec.legacy;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Classes whose Java serialization hooks write how many there are and then each, and can be overtaken in between. */
@SuppressWarnings({"all", "rawtypes", "unchecked"})
public final class Torn {
    private Torn() {}

    public static class OfHashMap extends HashMap<Object, Object> {}

    public static class OfLinkedHashMap extends LinkedHashMap<Object, Object> {
        public String title = "linked";
    }

    public static class OfTreeMap extends TreeMap<Object, Object> {}

    public static class OfHashtable extends Hashtable<Object, Object> {}

    public static class OfProperties extends Properties {}

    public static class OfIdentityHashMap extends IdentityHashMap<Object, Object> {}

    public static class OfConcurrentHashMap extends ConcurrentHashMap<Object, Object> {}

    public static class OfConcurrentSkipListMap extends ConcurrentSkipListMap<Object, Object> {}

    public static class OfArrayList extends ArrayList<Object> {
        public int version = 3;
    }

    public static class OfLinkedList extends LinkedList<Object> {}

    public static class OfVector extends Vector<Object> {}

    public static class OfHashSet extends HashSet<Object> {}

    public static class OfLinkedHashSet extends LinkedHashSet<Object> {}

    public static class OfTreeSet extends TreeSet<Object> {}

    public static class OfPriorityQueue extends PriorityQueue<Object> {}

    public static class OfArrayDeque extends ArrayDeque<Object> {}

    public static class OfArrayBlockingQueue extends ArrayBlockingQueue<Object> {
        public OfArrayBlockingQueue() {
            super(50);
        }
    }

    /** Counts how often instances were read. */
    public static class Reconnecting extends HashMap<Object, Object> {
        public static int reads;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            reads++;
        }
    }

    /** With a list of its own, written element by element. */
    public static class OwnHooks implements Serializable {
        public static int reads;
        public transient List<Object> elements = new ArrayList<>();
        /** Runs between the size and the elements. */
        public transient Runnable between = () -> {};

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(elements.size());
            between.run();
            for (int i = 0; i < elements.size(); i++) {
                out.writeObject(elements.get(i));
            }
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            reads++;
            elements = new ArrayList<>();
            between = () -> {};
            for (int left = in.readInt(); left > 0; left--) {
                elements.add(in.readObject());
            }
        }
    }

    /** With a map of its own, which does not notice a change while its entries are written. */
    public static class OwnHooksOfMap implements Serializable {
        public transient Map<Object, Object> entries = new HashMap<>();

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeInt(entries.size());
            for (Map.Entry<Object, Object> entry : entries.entrySet()) {
                out.writeObject(entry.getKey());
                out.writeObject(entry.getValue());
            }
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            entries = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                entries.put(in.readObject(), in.readObject());
            }
        }
    }

    public static class OwnExternal implements Externalizable {
        public List<Object> elements = new ArrayList<>();

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(elements.size());
            for (int i = 0; i < elements.size(); i++) {
                out.writeObject(elements.get(i));
            }
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            for (int left = in.readInt(); left > 0; left--) {
                elements.add(in.readObject());
            }
        }
    }

    /** Keeps an element that leads back to it, so that its whole graph takes Java's form. */
    public static class Owner extends ArrayList<Object> {
        public Map<Object, Object> changing = new HashMap<>();

        public Owner() {
            add(new Object[] {this});
        }
    }
}
