package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another request changes a value of the JDK's while it is encoded. What comes out decodes, what stands beside it is whole, and if
 * a refusal comes out it says why.
 */
class ConcurrentChangeTest {
    private static final SessionCodec CODEC = Codecs.forTests();

    @AfterAll
    static void close() {
        CODEC.close();
    }

    /** Everything in the catalogue that can be changed, and views of what can. */
    static Stream<Changing> values() throws Exception {
        List<Changing> all = new ArrayList<>();
        for (var entry : JdkCatalogue.values().entrySet()) {
            Object value = entry.getValue().call();
            if (!(value instanceof Object[]) && Changing.isChangeable(value)) {
                Changing changing =
                        Changing.itself(entry.getKey(), entry.getValue().call());
                changing.empty();
                all.add(changing);
            }
        }
        Object[] array = {"e", "e", "e", "e"};
        all.add(new Changing("Object[]", array, array));
        all.add(new Changing("Arrays.asList", Arrays.asList(array), array));
        Random random = new Random(1);
        all.add(new Changing("Random", random, random));
        all.addAll(views());
        assertThat(all).hasSizeGreaterThan(60);
        return all.stream();
    }

    private static List<Changing> views() {
        List<Changing> all = new ArrayList<>();
        List<Object> list = new ArrayList<>();
        Collection<Object> deque = new ArrayDeque<>();
        TreeSet<Object> set = new TreeSet<>();
        TreeMap<Object, Object> map = new TreeMap<>();
        Map<Object, Object> hashed = new HashMap<>();
        all.add(new Changing("unmodifiableList, list changed", Collections.unmodifiableList(list), list));
        all.add(new Changing("unmodifiableCollection, changed", Collections.unmodifiableCollection(deque), deque));
        all.add(new Changing("unmodifiableSet, set changed", Collections.unmodifiableSet(set), set));
        all.add(new Changing("unmodifiableSortedSet, set changed", Collections.unmodifiableSortedSet(set), set));
        all.add(new Changing("unmodifiableMap, map changed", Collections.unmodifiableMap(hashed), hashed));
        all.add(new Changing("unmodifiableSortedMap, map changed", Collections.unmodifiableSortedMap(map), map));
        all.add(new Changing("headMap, map changed", map.headMap("z"), map));
        all.add(new Changing("checkedMap, map changed", Collections.checkedMap(map, Object.class, Object.class), map));
        List<Object> guarded = Collections.synchronizedList(new ArrayList<>());
        all.add(new Changing("unmodifiableList of a guarded one", Collections.unmodifiableList(guarded), guarded));
        Map<Object, Object> guardedMap = Collections.synchronizedMap(new LinkedHashMap<>());
        all.add(new Changing("unmodifiableMap of a guarded one", Collections.unmodifiableMap(guardedMap), guardedMap));
        PriorityQueue<Object> queue = new PriorityQueue<>(Collections.reverseOrder());
        Collection<Object> guardedQueue = Collections.synchronizedCollection(queue);
        all.add(new Changing("guarded queue, changed behind its back", guardedQueue, queue));
        Map<Object, Object> enums = Collections.synchronizedMap(cast(new EnumMap<>(TimeUnit.class)));
        all.add(new Changing("guarded EnumMap", enums, enums));
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> cast(Map<?, ?> map) {
        return (Map<Object, Object>) map;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void decodesAndHarmsNothingBesideIt(Changing changing) throws Exception {
        Race race = new Race(changing, 1).run(CODEC);

        assertThat(race.accepted()).isPositive();
    }
}
