package dev.holdfast.codec;

import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.stream.Stream;

/** The part of the {@link JdkCatalogue} that holds other values. */
@SuppressWarnings({"all", "rawtypes", "unchecked"})
final class JdkCollections {
    private JdkCollections() {}

    static void addTo(Map<String, Callable<Object>> all) {
        collections(all);
        wrappers(all);
    }

    private static <T extends Collection<Object>> T filled(T collection) {
        collection.addAll(List.of("b", "a", "c"));
        return collection;
    }

    private static <T extends Map<Object, Object>> T filled(T map) {
        map.put("b", 1);
        map.put("a", new ArrayList<>(List.of("x")));
        map.put("c", "y");
        return map;
    }

    private static void collections(Map<String, Callable<Object>> all) {
        all.put("ArrayList", () -> filled(new ArrayList<>()));
        all.put("ArrayList with null", () -> new ArrayList<>(Arrays.asList(null, "a", null)));
        all.put("LinkedList", () -> filled(new LinkedList<>()));
        all.put("Vector", () -> filled(new Vector<>()));
        all.put("Stack", () -> filled(new Stack<>()));
        all.put("HashSet", () -> filled(new HashSet<>()));
        all.put("HashSet with null", () -> new HashSet<>(Arrays.asList(null, "a")));
        all.put("LinkedHashSet", () -> filled(new LinkedHashSet<>()));
        all.put("TreeSet", () -> filled(new TreeSet<>()));
        all.put("TreeSet reverse", () -> filled(new TreeSet<>(Collections.reverseOrder())));
        all.put("TreeSet ignoring case", () -> {
            TreeSet<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            set.add("B");
            set.add("a");
            return set;
        });
        all.put("ArrayDeque", () -> filled(new ArrayDeque<>()));
        all.put("PriorityQueue", () -> filled(new PriorityQueue<>()));
        all.put("PriorityQueue comparator", () -> filled(new PriorityQueue<>(Collections.reverseOrder())));
        all.put("PriorityBlockingQueue", () -> filled(new PriorityBlockingQueue<>(2, Collections.reverseOrder())));
        all.put("CopyOnWriteArrayList", () -> filled(new CopyOnWriteArrayList<>()));
        all.put("CopyOnWriteArraySet", () -> filled(new CopyOnWriteArraySet<>()));
        all.put("ConcurrentLinkedQueue", () -> filled(new ConcurrentLinkedQueue<>()));
        all.put("ConcurrentLinkedDeque", () -> filled(new ConcurrentLinkedDeque<>()));
        all.put("ConcurrentSkipListSet", () -> filled(new ConcurrentSkipListSet<>(Collections.reverseOrder())));
        all.put("LinkedBlockingQueue", () -> filled(new LinkedBlockingQueue<>(7)));
        all.put("LinkedBlockingDeque", () -> filled(new LinkedBlockingDeque<>()));
        all.put("ArrayBlockingQueue", () -> filled(new ArrayBlockingQueue<>(5)));
        all.put("HashMap", () -> filled(new HashMap<>()));
        all.put("HashMap with nulls", () -> {
            Map<Object, Object> map = new HashMap<>();
            map.put(null, null);
            map.put("a", null);
            return map;
        });
        all.put("HashMap large", () -> {
            Map<Object, Object> map = new HashMap<>();
            for (int i = 0; i < 1000; i++) {
                map.put("key" + i, i);
            }
            return map;
        });
        all.put("LinkedHashMap", () -> filled(new LinkedHashMap<>()));
        all.put("LinkedHashMap in order of access", () -> {
            Map<Object, Object> map = filled(new LinkedHashMap<>(16, 0.75f, true));
            map.get("b");
            return map;
        });
        all.put("TreeMap", () -> filled(new TreeMap<>()));
        all.put("TreeMap reverse", () -> filled(new TreeMap<>(Collections.reverseOrder())));
        all.put("Hashtable", () -> filled(new Hashtable<>()));
        all.put("ConcurrentHashMap", () -> filled(new ConcurrentHashMap<>()));
        all.put("ConcurrentSkipListMap", () -> filled(new ConcurrentSkipListMap<>()));
        all.put("IdentityHashMap", () -> {
            Map<Object, Object> map = new IdentityHashMap<>();
            map.put("a", 1);
            map.put("b", 2);
            return map;
        });
        all.put("IdentityHashMap equal keys", () -> {
            Map<Object, Object> map = new IdentityHashMap<>();
            map.put(new String("a"), 1);
            map.put(new String("a"), 1);
            return new Object[] {map.size(), map};
        });
        all.put("EnumMap", () -> new EnumMap<>(Map.of(TimeUnit.DAYS, "d", TimeUnit.NANOSECONDS, "n")));
        all.put("EnumMap empty", () -> new EnumMap<>(TimeUnit.class));
        all.put("EnumSet", () -> EnumSet.of(TimeUnit.DAYS, TimeUnit.HOURS));
        all.put("EnumSet empty", () -> EnumSet.noneOf(TimeUnit.class));
        all.put("EnumSet jumbo", () -> EnumSet.range(Character.UnicodeScript.CYRILLIC, Character.UnicodeScript.ARABIC));
        all.put("Properties", () -> {
            Properties defaults = new Properties();
            defaults.setProperty("fallback", "yes");
            Properties properties = new Properties(defaults);
            properties.setProperty("own", "1");
            return properties;
        });
        all.put("SimpleEntry", () -> new AbstractMap.SimpleEntry<>("k", new ArrayList<>()));
        all.put("SimpleImmutableEntry", () -> new AbstractMap.SimpleImmutableEntry<>("k", "v"));
        all.put("list of maps", () -> {
            List<Object> rows = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                rows.add(filled(new LinkedHashMap<>()));
            }
            return rows;
        });
        all.put("list itself", () -> {
            List<Object> list = new ArrayList<>();
            list.add(list);
            return new Object[] {list};
        });
        all.put("map itself", () -> {
            Map<Object, Object> map = new HashMap<>();
            map.put("self", map);
            return new Object[] {map};
        });
    }

    private static void wrappers(Map<String, Callable<Object>> all) {
        all.put("emptyList", () -> Collections.emptyList());
        all.put("emptySet", () -> Collections.emptySet());
        all.put("emptyMap", () -> Collections.emptyMap());
        all.put("emptySortedSet", () -> Collections.emptySortedSet());
        all.put("emptyNavigableMap", () -> Collections.emptyNavigableMap());
        all.put("singletonList", () -> Collections.singletonList("a"));
        all.put("singleton", () -> Collections.singleton("a"));
        all.put("singletonMap", () -> Collections.singletonMap("a", null));
        all.put("nCopies", () -> Collections.nCopies(1_000_000, "a"));
        all.put("Arrays.asList", () -> Arrays.asList("a", null));
        all.put("Arrays.asList typed", () -> Arrays.asList(new String[] {"a"}).toArray());
        all.put("List.of()", () -> List.of());
        all.put("List.of(1)", () -> List.of("a"));
        all.put("List.of(2)", () -> List.of("a", "b"));
        all.put("List.of(3)", () -> List.of("a", "b", "c"));
        all.put("Stream.toList with null", () -> Stream.of("a", null, "c").toList());
        all.put("Set.of()", () -> Set.of());
        all.put("Set.of(1)", () -> Set.of("a"));
        all.put("Set.of(3)", () -> Set.of("a", "b", "c"));
        all.put("Map.of()", () -> Map.of());
        all.put("Map.of(1)", () -> Map.of("a", 1));
        all.put("Map.of(3)", () -> Map.of("a", 1, "b", 2, "c", 3));
        all.put("unmodifiableList", () -> Collections.unmodifiableList(filled(new ArrayList<>())));
        all.put("unmodifiableList linked", () -> Collections.unmodifiableList(filled(new LinkedList<>())));
        all.put("unmodifiableSet", () -> Collections.unmodifiableSet(filled(new LinkedHashSet<>())));
        all.put("unmodifiableCollection", () -> Collections.unmodifiableCollection(filled(new ArrayList<>())));
        all.put("unmodifiableMap", () -> Collections.unmodifiableMap(filled(new LinkedHashMap<>())));
        all.put("unmodifiableSortedSet", () -> Collections.unmodifiableSortedSet(filled(new TreeSet<>())));
        all.put("unmodifiableNavigableSet", () -> Collections.unmodifiableNavigableSet(filled(new TreeSet<>())));
        all.put("unmodifiableSortedMap", () -> Collections.unmodifiableSortedMap(filled(new TreeMap<>())));
        all.put("unmodifiableNavigableMap", () -> Collections.unmodifiableNavigableMap(filled(new TreeMap<>())));
        all.put("synchronizedList", () -> Collections.synchronizedList(filled(new ArrayList<>())));
        all.put("synchronizedList linked", () -> Collections.synchronizedList(filled(new LinkedList<>())));
        all.put("synchronizedSet", () -> Collections.synchronizedSet(filled(new HashSet<>())));
        all.put("synchronizedCollection", () -> Collections.synchronizedCollection(filled(new ArrayList<>())));
        all.put("synchronizedMap", () -> Collections.synchronizedMap(filled(new HashMap<>())));
        all.put("synchronizedSortedSet", () -> Collections.synchronizedSortedSet(filled(new TreeSet<>())));
        all.put("synchronizedSortedMap", () -> Collections.synchronizedSortedMap(filled(new TreeMap<>())));
        all.put("synchronizedNavigableMap", () -> Collections.synchronizedNavigableMap(filled(new TreeMap<>())));
        all.put("synchronizedMap with a monitor of its own", () -> {
            Map<Object, Object> map = Collections.synchronizedMap(Collections.synchronizedMap(new HashMap<>()));
            map.put("a", 1);
            return map;
        });
        all.put("checkedList", () -> Collections.checkedList(filled(new ArrayList<>()), Object.class));
        all.put("checkedMap", () -> Collections.checkedMap(filled(new HashMap<>()), Object.class, Object.class));
        all.put("newSetFromMap", () -> filled(Collections.newSetFromMap(new ConcurrentHashMap<>())));
        all.put("ConcurrentHashMap.newKeySet", () -> filled(ConcurrentHashMap.newKeySet()));
        all.put("asLifoQueue", () -> Collections.asLifoQueue(filled(new ArrayDeque<>())));
        all.put("view and what it shows", () -> {
            List<Object> list = filled(new ArrayList<>());
            return new Object[] {Collections.unmodifiableList(list), list, Collections.synchronizedList(list)};
        });
        all.put("asList and its array", () -> {
            String[] array = {"a", "b"};
            return new Object[] {Arrays.asList(array), array};
        });
        all.put("unmodifiableMap that contains itself", () -> {
            Map<Object, Object> map = new HashMap<>();
            Map<Object, Object> view = Collections.unmodifiableMap(map);
            map.put("view", view);
            return new Object[] {view};
        });
    }
}
