package dev.holdfast.codec;

import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The JDK's collections and maps. */
@SuppressWarnings("JdkObsolete") // it is what sessions have
final class Containers {
    private Containers() {}

    static void addTo(JdkTypes types) {
        list(types, 41, ArrayList.class, Snapshots::ofFailFast, ArrayList::new);
        types.add(JdkType.mutable(42, HashMap.class, map(Snapshots::ofFailFast, n -> new HashMap<>(capacity(n)))));
        types.add(JdkType.mutable(43, LinkedHashMap.class, new LinkedHashMapSerializer()));
        list(types, 44, HashSet.class, Snapshots::ofFailFast, n -> new HashSet<>(capacity(n)));
        list(types, 45, LinkedHashSet.class, Snapshots::ofFailFast, n -> new LinkedHashSet<>(capacity(n)));
        list(types, 46, LinkedList.class, Snapshots::ofFailFast, n -> new LinkedList<>());
        types.add(JdkType.mutable(
                47,
                TreeMap.class,
                new MapSerializer<TreeMap<@Nullable Object, @Nullable Object>>(
                        Snapshots::ofFailFast, TreeMap::comparator, (comparator, n) -> new TreeMap<>(comparator))));
        types.add(JdkType.mutable(
                48,
                TreeSet.class,
                new CollectionSerializer<TreeSet<@Nullable Object>>(
                        Snapshots::ofFailFast, TreeSet::comparator, (comparator, n) -> new TreeSet<>(comparator))));
        list(types, 49, Vector.class, Snapshots::ofConcurrent, Vector::new);
        types.add(JdkType.mutable(
                50, Hashtable.class, map(Snapshots::ofSynchronized, n -> new Hashtable<>(capacity(n)))));
        types.add(JdkType.mutable(
                51, ConcurrentHashMap.class, map(Snapshots::ofConcurrent, n -> new ConcurrentHashMap<>(capacity(n)))));
        list(types, 52, ArrayDeque.class, Snapshots::ofFailFastWithoutNull, ArrayDeque::new);

        list(types, 0, Stack.class, Snapshots::ofConcurrent, n -> new Stack<>());
        types.add(JdkType.mutable(0, IdentityHashMap.class, map(Snapshots::ofIdentityHashMap, IdentityHashMap::new)));
        list(types, 0, CopyOnWriteArrayList.class, Snapshots::ofConcurrent, n -> new CopyOnWriteArrayList<>());
        list(types, 0, CopyOnWriteArraySet.class, Snapshots::ofConcurrent, n -> new CopyOnWriteArraySet<>());
        list(types, 0, ConcurrentLinkedQueue.class, Snapshots::ofConcurrent, n -> new ConcurrentLinkedQueue<>());
        list(types, 0, ConcurrentLinkedDeque.class, Snapshots::ofConcurrent, n -> new ConcurrentLinkedDeque<>());
        types.add(JdkType.mutable(
                0,
                PriorityQueue.class,
                new CollectionSerializer<PriorityQueue<@Nullable Object>>(
                        Snapshots::ofFailFastWithoutNull,
                        PriorityQueue::comparator,
                        (comparator, n) -> new PriorityQueue<>(Math.max(1, n), comparator))));
        types.add(JdkType.mutable(
                0,
                PriorityBlockingQueue.class,
                new CollectionSerializer<PriorityBlockingQueue<@Nullable Object>>(
                        Snapshots::ofConcurrent,
                        PriorityBlockingQueue::comparator,
                        (comparator, n) -> new PriorityBlockingQueue<>(Math.max(1, n), comparator))));
        types.add(JdkType.mutable(
                0, ArrayBlockingQueue.class, new CloneSerializer<>(ArrayBlockingQueue.class, Containers::stillQueue)));
        types.add(JdkType.mutable(
                0,
                ConcurrentSkipListMap.class,
                new MapSerializer<ConcurrentSkipListMap<@Nullable Object, @Nullable Object>>(
                        Snapshots::ofConcurrent,
                        ConcurrentSkipListMap::comparator,
                        (comparator, n) -> new ConcurrentSkipListMap<>(comparator))));
        types.add(JdkType.mutable(
                0,
                ConcurrentSkipListSet.class,
                new CollectionSerializer<ConcurrentSkipListSet<@Nullable Object>>(
                        Snapshots::ofConcurrent,
                        ConcurrentSkipListSet::comparator,
                        (comparator, n) -> new ConcurrentSkipListSet<>(comparator))));
        types.add(JdkType.mutable(0, EnumMap.class, new FallbackSerializer<>(EnumMap.class, true, new EnumMaps())));
        FallbackSerializer<?> enumSets = new FallbackSerializer<>(EnumSet.class, true, new EnumSets());
        types.add(JdkType.mutable(0, EnumSet.noneOf(TimeUnit.class).getClass(), enumSets));
        types.add(
                JdkType.mutable(0, EnumSet.noneOf(Character.UnicodeScript.class).getClass(), enumSets));

        types.add(JdkType.mutable(
                0,
                AtomicReference.class,
                new PartsSerializer<AtomicReference<?>>(
                        v -> new @Nullable Object[] {v.get()}, parts -> new AtomicReference<>(parts[0]))));
        types.add(JdkType.mutable(
                0,
                SimpleEntry.class,
                new PartsSerializer<SimpleEntry<?, ?>>(
                        v -> new @Nullable Object[] {v.getKey(), v.getValue()},
                        parts -> new SimpleEntry<>(parts[0], parts[1]))));
        types.add(JdkType.view(
                0,
                SimpleImmutableEntry.class,
                new PartsSerializer<SimpleImmutableEntry<?, ?>>(
                        v -> new @Nullable Object[] {v.getKey(), v.getValue()},
                        parts -> new SimpleImmutableEntry<>(parts[0], parts[1]))));
    }

    private static <T extends Collection<@Nullable Object>> void list(
            JdkTypes types,
            int code,
            Class<?> type,
            Function<Collection<?>, @Nullable Object[]> snapshots,
            IntFunction<T> maker) {
        types.add(JdkType.mutable(
                code, type, new CollectionSerializer<T>(snapshots, null, (comparator, n) -> maker.apply(n))));
    }

    private static <T extends Map<@Nullable Object, @Nullable Object>> MapSerializer<T> map(
            Function<Map<?, ?>, @Nullable Object[]> snapshots, IntFunction<T> maker) {
        return new MapSerializer<>(snapshots, null, (comparator, n) -> maker.apply(n));
    }

    /**
     * A queue of the same kind with the same elements. It has no writing hook that would lock it, and fields which must agree
     * with one another; only those tell its capacity and whether it is fair.
     */
    private static ArrayBlockingQueue<?> stillQueue(Graph graph, ArrayBlockingQueue<?> queue) {
        int capacity = 1;
        boolean fair = false;
        for (Object field : Sections.capture(graph, queue)) {
            if (field instanceof Object[] items) {
                capacity = items.length;
            } else if (field instanceof ReentrantLock lock) {
                fair = lock.isFair();
            }
        }
        Sections.discard(graph);
        return new ArrayBlockingQueue<>(capacity, fair, Arrays.asList(queue.toArray()));
    }

    private static int capacity(int count) {
        return MapSerializer.capacityFor(count);
    }
}
