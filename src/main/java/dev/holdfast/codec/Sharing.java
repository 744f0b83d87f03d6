package dev.holdfast.codec;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Knows, by identity, every object written so far: within one graph under which number, and across the graphs of one call
 * whether an entry before had the same object. Entries that were found to share one are in the same group.
 *
 * <p>All graphs of a call count on in one sequence, so that one probe of one table answers both questions.
 */
final class Sharing {
    private static final int FIRST_SLOTS = 256;
    private static final int KEPT_SLOTS = 1 << 14;

    private @Nullable Object[] objects = new @Nullable Object[FIRST_SLOTS];
    private int[] sequence = new int[FIRST_SLOTS];
    private int next;
    private int size;

    private int[] graphStart = new int[32];
    private int[] graphEntry = new int[32];
    private int graphs;

    private int[] parent = new int[0];
    private boolean shared;

    private final BitSet late = new BitSet();
    private int lateOpen;
    private int doubtful = -1;

    /** Begins a call with so many entries. */
    void begin(int entries) {
        clear();
        parent = new int[entries];
        for (int i = 0; i < entries; i++) {
            parent[i] = i;
        }
    }

    /** Begins a graph, the first or a further attempt, for this entry. */
    void enter(int entry) {
        if (graphs == graphStart.length) {
            graphStart = Arrays.copyOf(graphStart, graphs * 2);
            graphEntry = Arrays.copyOf(graphEntry, graphs * 2);
        }
        graphStart[graphs] = next;
        graphEntry[graphs++] = entry;
        doubtful = -1;
        if (lateOpen != 0) {
            lateOpen = 0;
            late.clear();
        }
    }

    /**
     * The object's number in the present graph, or -1 if it was not there yet; now it is.
     *
     * @param plan the object's, which knows whether entries that share it must stay together
     */
    int visit(Object object, Plan plan) {
        int mask = objects.length - 1;
        int slot = slotOf(object, mask);
        int start = graphStart[graphs - 1];
        for (Object found = objects[slot]; found != null; found = objects[slot]) {
            if (found == object) {
                int number = sequence[slot];
                if (number >= start) {
                    return number - start;
                }
                if (plan.isStateful(object)) {
                    unite(entryOf(number), graphEntry[graphs - 1]);
                }
                sequence[slot] = next++;
                return -1;
            }
            slot = (slot + 1) & mask;
        }
        objects[slot] = object;
        sequence[slot] = next++;
        if (++size > objects.length / 2) {
            grow();
        }
        return -1;
    }

    /** The number that the object visited last, and new, has in the present graph. */
    int last() {
        return next - 1 - graphStart[graphs - 1];
    }

    /** From now on the object of that number is being made of its parts. */
    void openLate(int number) {
        late.set(number);
        lateOpen++;
    }

    void closeLate(int number) {
        late.clear(number);
        lateOpen--;
    }

    boolean isLate(int number) {
        return lateOpen != 0 && late.get(number);
    }

    /** The present graph may be torn, where this one of its values is written. */
    void doubt(int value) {
        if (doubtful < 0) {
            doubtful = value;
        }
    }

    /** The first value of the present graph that may be torn; -1 if none is. */
    int doubtful() {
        return doubtful;
    }

    /** Whether any two entries share anything. */
    boolean anyShared() {
        return shared;
    }

    /** Entries of the same group have the same representative. */
    int groupOf(int entry) {
        int root = entry;
        while (parent[root] != root) {
            root = parent[root];
        }
        return root;
    }

    /** Forgets all objects. */
    void clear() {
        if (objects.length > KEPT_SLOTS) {
            objects = new @Nullable Object[FIRST_SLOTS];
            sequence = new int[FIRST_SLOTS];
        } else if (size > 0) {
            Arrays.fill(objects, null);
        }
        next = 0;
        size = 0;
        graphs = 0;
        shared = false;
        late.clear();
        lateOpen = 0;
    }

    private void unite(int entry, int other) {
        int a = groupOf(entry);
        int b = groupOf(other);
        if (a != b) {
            parent[Math.max(a, b)] = Math.min(a, b);
            shared = true;
        }
    }

    private int entryOf(int number) {
        int found = Arrays.binarySearch(graphStart, 0, graphs, number);
        int graph = found >= 0 ? found : -found - 2;
        // a graph in which nothing was visited starts where the next one does
        while (graph + 1 < graphs && graphStart[graph + 1] <= number) {
            graph++;
        }
        return graphEntry[graph];
    }

    /** All or nothing: the stack may overflow in it, and the graph is tried again on a deeper one. */
    private void grow() {
        int mask = objects.length * 2 - 1;
        @Nullable Object[] largerObjects = new @Nullable Object[mask + 1];
        int[] largerSequence = new int[mask + 1];
        for (int i = 0; i < objects.length; i++) {
            Object object = objects[i];
            if (object != null) {
                int slot = slotOf(object, mask);
                while (largerObjects[slot] != null) {
                    slot = (slot + 1) & mask;
                }
                largerObjects[slot] = object;
                largerSequence[slot] = sequence[i];
            }
        }
        objects = largerObjects;
        sequence = largerSequence;
    }

    private static int slotOf(Object object, int mask) {
        int hash = System.identityHashCode(object) * 0x9E3779B9;
        return ((hash >>> 12) ^ hash) & mask;
    }
}
