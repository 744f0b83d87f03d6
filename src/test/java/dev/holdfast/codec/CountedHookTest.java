package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.CountedHook.Verdict;
import dev.holdfast.codec.legacy.Torn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The number in what the JDK's hooks write is found, compared and put right. */
@SuppressWarnings("unchecked")
class CountedHookTest {
    private static final CodecSettings SETTINGS =
            Codecs.settings(CountedHookTest.class.getClassLoader(), name -> true, Codecs.MAX_BYTES, Codecs.MAX_DEPTH);

    static Stream<Object> collections() {
        Map<TimeUnit, Object> enums = new EnumMap<>(TimeUnit.class);
        enums.put(TimeUnit.DAYS, "x");
        enums.put(TimeUnit.HOURS, "x");
        enums.put(TimeUnit.SECONDS, "x");
        return Stream.concat(
                Stream.of(
                                new Torn.OfHashMap(),
                                new Torn.OfLinkedHashMap(),
                                new Torn.OfTreeMap(),
                                new Torn.OfHashtable(),
                                new Torn.OfProperties(),
                                new Torn.OfIdentityHashMap(),
                                new Torn.Reconnecting(),
                                new Torn.OfArrayList(),
                                new Torn.OfLinkedList(),
                                new Torn.OfHashSet(),
                                new Torn.OfLinkedHashSet(),
                                new Torn.OfTreeSet(),
                                new Torn.OfPriorityQueue(),
                                new Torn.OfArrayDeque())
                        .map(CountedHookTest::filled),
                Stream.of(enums, new TreeMap<>(Map.of("a", 1, "b", 2, "c", 3))));
    }

    private static Object filled(Object empty) {
        for (int i = 0; i < 3; i++) {
            if (empty instanceof Map<?, ?> map) {
                ((Map<Object, Object>) map).put("k" + i, "same");
            } else {
                ((Collection<Object>) empty).add("e" + i);
            }
        }
        return empty;
    }

    @ParameterizedTest
    @MethodSource("collections")
    void aWrongNumberIsSeenAndPutRight(Object collection) throws IOException {
        CountedHook hook = Objects.requireNonNull(CountedHook.of(collection.getClass()));
        byte[] whole = section(collection);
        assertThat(hook.check(whole, whole.length)).isEqualTo(Verdict.AGREES);

        int places = 0;
        for (int at = 0; at <= whole.length - Integer.BYTES; at++) {
            for (int wrong : new int[] {2, 4, 0, -1}) {
                byte[] torn = whole.clone();
                if (ByteBuffer.wrap(torn).putInt(at, wrong).equals(ByteBuffer.wrap(whole))
                        || ByteBuffer.wrap(whole).getInt(at) != 3
                        || hook.check(torn, torn.length) != Verdict.MISCOUNTED) {
                    continue;
                }
                places++;
                assertThat(hook.mend(torn, torn.length)).isEqualTo(Verdict.AGREES);
                assertThat(torn).isEqualTo(whole);
            }
        }
        assertThat(places).isEqualTo(4);
    }

    static Stream<Object> showingNullForWhatIsBeingTakenOut() {
        Map<TimeUnit, Object> enums = new EnumMap<>(TimeUnit.class);
        enums.put(TimeUnit.HOURS, null);
        Map<Object, Object> identities = new Torn.OfIdentityHashMap();
        identities.put("k", null);
        Collection<Object> linked = new Torn.OfLinkedList();
        linked.add(null);
        return Stream.of(enums, identities, linked);
    }

    @ParameterizedTest
    @MethodSource("showingNullForWhatIsBeingTakenOut")
    void aNullIsDoubted(Object collection) throws IOException {
        CountedHook hook = Objects.requireNonNull(CountedHook.of(collection.getClass()));
        byte[] whole = section(collection);
        assertThat(hook.check(whole, whole.length)).isEqualTo(Verdict.DOUBTFUL);

        int places = 0;
        for (int at = 0; at <= whole.length - Integer.BYTES; at++) {
            byte[] torn = whole.clone();
            if (ByteBuffer.wrap(whole).getInt(at) == 1) {
                ByteBuffer.wrap(torn).putInt(at, 0);
                if (hook.check(torn, torn.length) == Verdict.MISCOUNTED) {
                    places++;
                    assertThat(hook.mend(torn, torn.length)).isEqualTo(Verdict.DOUBTFUL);
                }
            }
        }
        assertThat(places).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("collections")
    void whatEndsTooEarlyIsOfNoKnownForm(Object collection) throws IOException {
        CountedHook hook = Objects.requireNonNull(CountedHook.of(collection.getClass()));
        byte[] whole = section(collection);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(hook.check(cut, length)).isIn(Verdict.UNKNOWN, Verdict.AGREES);
        }
        assertThat(hook.check(Arrays.copyOf(whole, whole.length / 2), whole.length / 2))
                .isEqualTo(Verdict.UNKNOWN);
    }

    private static byte[] section(Object root) throws IOException {
        Graph graph = new Graph(new CodecContext(SETTINGS), null);
        BoundedBytes bytes = graph.sectionBytes();
        List<Object> parts = new ArrayList<>();
        try (SectionOutput section = new SectionOutput(bytes, graph, root, parts)) {
            section.writeObject(root);
        }
        return bytes.toBytes();
    }
}
