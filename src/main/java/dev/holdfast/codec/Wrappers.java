package dev.holdfast.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's views on other collections, its immutable collections and its optional values. Their classes are private: each is
 * found by a sample.
 */
@SuppressWarnings({"unchecked", "rawtypes", "JdkObsolete"})
final class Wrappers {
    private Wrappers() {}

    static void addTo(JdkTypes types) {
        view(types, 53, Arrays.asList(1), a -> Arrays.asList((Object[]) a));
        // its writeReplace makes Java serialization tear a cycle through it
        types.add(viewType(
                        54,
                        Collections.unmodifiableList(new ArrayList<>()),
                        c -> Collections.unmodifiableList((List<?>) c))
                .withoutCycles());
        view(
                types,
                0,
                Collections.unmodifiableList(new LinkedList<>()),
                c -> Collections.unmodifiableList((List<?>) c));
        view(types, 55, Collections.unmodifiableSet(new HashSet<>()), c -> Collections.unmodifiableSet((Set<?>) c));
        view(types, 56, Collections.unmodifiableMap(new HashMap<>()), c -> Collections.unmodifiableMap((Map<?, ?>) c));
        view(
                types,
                0,
                Collections.unmodifiableCollection(new HashSet<>()),
                c -> Collections.unmodifiableCollection((Collection<?>) c));
        view(
                types,
                0,
                Collections.unmodifiableSortedSet(new TreeSet<>()),
                c -> Collections.unmodifiableSortedSet((SortedSet<?>) c));
        view(
                types,
                0,
                Collections.unmodifiableNavigableSet(new TreeSet<>()),
                c -> Collections.unmodifiableNavigableSet((NavigableSet<?>) c));
        view(
                types,
                0,
                Collections.unmodifiableSortedMap(new TreeMap<>()),
                c -> Collections.unmodifiableSortedMap((SortedMap<?, ?>) c));
        view(
                types,
                0,
                Collections.unmodifiableNavigableMap(new TreeMap<>()),
                c -> Collections.unmodifiableNavigableMap((NavigableMap<?, ?>) c));

        guarded(
                types,
                57,
                Collections.synchronizedList(new ArrayList<>()),
                c -> Collections.synchronizedList((List) c));
        guarded(
                types,
                0,
                Collections.synchronizedList(new LinkedList<>()),
                c -> Collections.synchronizedList((List) c));
        guarded(types, 0, Collections.synchronizedSet(new HashSet<>()), c -> Collections.synchronizedSet((Set) c));
        guarded(types, 58, Collections.synchronizedMap(new HashMap<>()), c -> Collections.synchronizedMap((Map) c));
        guarded(
                types,
                0,
                Collections.synchronizedCollection(new HashSet<>()),
                c -> Collections.synchronizedCollection((Collection) c));
        guarded(
                types,
                0,
                Collections.synchronizedSortedSet(new TreeSet<>()),
                c -> Collections.synchronizedSortedSet((SortedSet) c));
        guarded(
                types,
                0,
                Collections.synchronizedSortedMap(new TreeMap<>()),
                c -> Collections.synchronizedSortedMap((SortedMap) c));

        made(types, 59, List.of(1), List::toArray, parts -> List.of(parts));
        // The lists of Stream.toList() are of the same class but admit null, and do not tell: so all come back that
        // way.
        made(
                types,
                60,
                List.of(1, 2, 3),
                List::toArray,
                parts -> parts.length == 0 ? List.of() : Stream.of(parts).toList());
        made(types, 0, Set.of(1), Set::toArray, parts -> Set.of(parts));
        made(types, 0, Set.of(1, 2, 3), Set::toArray, parts -> Set.of(parts));
        made(types, 0, Map.of(1, 1), Wrappers::entries, Wrappers::mapOf);
        made(types, 61, Map.of(1, 1, 2, 2), Wrappers::entries, Wrappers::mapOf);
        made(types, 0, Optional.of(1), o -> o.stream().toArray(), Wrappers::optional);
        made(
                types,
                0,
                OptionalInt.of(1),
                o -> o.stream().boxed().toArray(),
                parts -> parts.length == 0 ? OptionalInt.empty() : OptionalInt.of((Integer) parts[0]));
        made(
                types,
                0,
                OptionalLong.of(1),
                o -> o.stream().boxed().toArray(),
                parts -> parts.length == 0 ? OptionalLong.empty() : OptionalLong.of((Long) parts[0]));
        made(
                types,
                0,
                OptionalDouble.of(1),
                o -> o.stream().boxed().toArray(),
                parts -> parts.length == 0 ? OptionalDouble.empty() : OptionalDouble.of((Double) parts[0]));

        types.add(JdkType.view(
                0,
                Collections.nCopies(1, 1).getClass(),
                new PartsSerializer<List<?>>(Wrappers::copies, Wrappers::nCopies)));
        types.add(JdkType.view(
                62,
                Collections.singletonList(1).getClass(),
                new PartsSerializer<List<?>>(List::toArray, parts -> Collections.singletonList(parts[0]))));
        types.add(JdkType.view(
                0,
                Collections.singleton(1).getClass(),
                new PartsSerializer<Set<?>>(Set::toArray, parts -> Collections.singleton(parts[0]))));
        types.add(JdkType.view(
                0,
                Collections.singletonMap(1, 1).getClass(),
                new PartsSerializer<Map<?, ?>>(
                        Wrappers::entries, parts -> Collections.singletonMap(parts[0], parts[1]))));
    }

    private static void view(JdkTypes types, int code, Object sample, Function<Object, Object> maker) {
        types.add(viewType(code, sample, maker));
    }

    private static JdkType viewType(int code, Object sample, Function<Object, Object> maker) {
        Class<?> type = sample.getClass();
        return JdkType.view(code, type, new WrapperSerializer(type, false, maker));
    }

    private static void guarded(JdkTypes types, int code, Object sample, Function<Object, Object> maker) {
        Class<?> type = sample.getClass();
        types.add(JdkType.mutable(code, type, new WrapperSerializer(type, true, maker)));
    }

    /** Java serialization writes such an object as another that stands for it, and does not restore a cycle. */
    private static <T> void made(
            JdkTypes types,
            int code,
            T sample,
            Function<T, @Nullable Object[]> parts,
            Function<@Nullable Object[], Object> maker) {
        types.add(JdkType.view(code, sample.getClass(), new PartsSerializer<Object>(v -> parts.apply((T) v), maker))
                .withoutCycles());
    }

    /** The element and how often, rather than all of them. */
    private static @Nullable Object[] copies(List<?> list) {
        return list.isEmpty() ? new Object[0] : new @Nullable Object[] {list.get(0), list.size()};
    }

    private static List<?> nCopies(@Nullable Object[] parts) {
        return parts.length == 0 ? Collections.nCopies(0, null) : Collections.nCopies((Integer) parts[1], parts[0]);
    }

    private static Optional<?> optional(@Nullable Object[] parts) {
        return parts.length == 0 ? Optional.empty() : Optional.of(parts[0]);
    }

    private static @Nullable Object[] entries(Map<?, ?> map) {
        return Snapshots.ofFailFast(map);
    }

    private static Map<?, ?> mapOf(@Nullable Object[] keysAndValues) {
        Map.Entry[] entries = new Map.Entry[keysAndValues.length / 2];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = Map.entry(keysAndValues[2 * i], keysAndValues[2 * i + 1]);
        }
        return Map.ofEntries(entries);
    }
}
