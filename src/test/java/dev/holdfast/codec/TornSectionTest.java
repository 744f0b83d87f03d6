package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.legacy.Torn;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other requests change an object while Java's or its own serialization hooks write it. */
class TornSectionTest {
    private static final SessionCodec CODEC = Codecs.forTests();

    @AfterAll
    static void close() {
        CODEC.close();
    }

    static Stream<Changing> values() {
        Torn.Owner owner = new Torn.Owner();
        Map<Object, Object> behindMonitor = new Torn.OfHashMap();
        Map<Object, Object> guarded = Collections.synchronizedMap(behindMonitor);
        return Stream.concat(
                Stream.of(
                                new Torn.OfHashMap(),
                                new Torn.OfLinkedHashMap(),
                                new Torn.OfTreeMap(),
                                new Torn.OfHashtable(),
                                new Torn.OfProperties(),
                                new Torn.OfIdentityHashMap(),
                                new Torn.OfConcurrentHashMap(),
                                new Torn.OfConcurrentSkipListMap(),
                                new Torn.OfArrayList(),
                                new Torn.OfLinkedList(),
                                new Torn.OfVector(),
                                new Torn.OfHashSet(),
                                new Torn.OfLinkedHashSet(),
                                new Torn.OfTreeSet(),
                                new Torn.OfPriorityQueue(),
                                new Torn.OfArrayDeque(),
                                new Torn.OfArrayBlockingQueue(),
                                new Torn.Reconnecting(),
                                new Torn.OwnHooks(),
                                new Torn.OwnHooksOfMap(),
                                new Torn.OwnExternal())
                        .map(value -> Changing.itself(value.getClass().getSimpleName(), value)),
                Stream.of(
                        new Changing("guarded OfHashMap", guarded, guarded),
                        new Changing("a map beside a cycle", owner, owner.changing)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void decodesAndHarmsNothingBesideIt(Changing changing) throws Exception {
        Race race = new Race(changing, 3).run(CODEC);

        assertThat(race.accepted()).isPositive();
    }
}
