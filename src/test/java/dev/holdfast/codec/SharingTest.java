package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.legacy.Cart;
import dev.holdfast.codec.legacy.Shapes;
import dev.holdfast.codec.legacy.Torn;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Entries that share a mutable object travel together; all others travel alone. */
@SuppressWarnings("JavaUtilDate")
class SharingTest {
    private final SessionCodec codec = Codecs.forTests();

    @AfterEach
    void close() {
        codec.close();
    }

    private List<List<String>> groups(Object... namesAndValues) {
        Encoding encoding = codec.encode(Codecs.entries(namesAndValues));
        assertThat(encoding.refusals()).isEmpty();
        return encoding.fragments().stream().map(Fragment::names).toList();
    }

    @Test
    void entriesWithNothingInCommonTravelAlone() {
        assertThat(groups("b", new Cart(1), "a", new Cart(1), "c", "text"))
                .containsExactly(List.of("b"), List.of("a"), List.of("c"));
    }

    @Test
    void entriesThatShareAnObjectTravelTogetherInTheOrderOfTheirNames() {
        List<Object> shared = new ArrayList<>();
        Cart cart = new Cart(1);
        cart.note = shared;

        Encoding encoding = codec.encode(Codecs.entries("z", cart, "alone", new Date(), "a", shared));

        assertThat(encoding.fragments().stream().map(Fragment::names))
                .containsExactlyInAnyOrder(List.of("alone"), List.of("a", "z"));
        Fragment together = encoding.fragments().get(1);
        Map<String, Object> decoded = codec.decode(together);
        assertThat(decoded.keySet()).containsExactly("a", "z");
        List<Object> values = List.copyOf(decoded.values());
        assertThat(((Cart) values.get(1)).note).isSameAs(values.get(0));
    }

    @Test
    void theSameObjectUnderTwoNames() {
        Cart cart = new Cart(1);
        assertThat(groups("a", cart, "b", cart)).containsExactly(List.of("a", "b"));
    }

    @Test
    void chainsOfSharingAreOneGroup() {
        Object ab = new ArrayList<>();
        Object bc = new ArrayList<>();
        assertThat(groups(
                        "a", new Object[] {ab}, "b", new Object[] {ab, bc}, "x", new ArrayList<>(), "c", new Object[] {
                            bc
                        }))
                .containsExactlyInAnyOrder(List.of("x"), List.of("a", "b", "c"));
    }

    @Test
    void whatKeepsItsStateInTransientFieldsCounts() {
        Torn.OwnHooks hooks = new Torn.OwnHooks();
        assertThat(groups("a", hooks, "b", new Object[] {hooks})).containsExactly(List.of("a", "b"));
    }

    @Test
    void whatIsSharedDeepInsideHooksCounts() {
        List<Object> shared = new ArrayList<>();
        Shapes.Hooked hooked = new Shapes.Hooked("h", 1);
        hooked.part = new Object[] {shared};
        assertThat(groups("hooked", hooked, "list", shared)).containsExactly(List.of("hooked", "list"));
    }

    @Test
    void whatIsSharedInACycleOfHooksCounts() {
        List<Object> shared = new ArrayList<>();
        Shapes.Hooked hooked = new Shapes.Hooked("h", 1);
        hooked.part = new Object[] {hooked, shared};

        Encoding encoding = codec.encode(Codecs.entries("hooked", hooked, "list", shared));

        assertThat(encoding.fragments()).singleElement().satisfies(fragment -> {
            assertThat(fragment.names()).containsExactly("hooked", "list");
            List<Object> values = List.copyOf(codec.decode(fragment).values());
            Object[] part = (Object[]) ((Shapes.Hooked) values.get(0)).part;
            assertThat(part[0]).isSameAs(values.get(0));
            assertThat(part[1]).isSameAs(values.get(1));
        });
    }

    @Test
    void immutableValuesAndSingletonsAreNotShared() {
        Object[] common = {
            "text",
            1000L,
            BigDecimal.TEN,
            UUID.randomUUID(),
            Locale.GERMANY,
            Shapes.Color.RED,
            String.class,
            Collections.emptyList(),
            List.of(),
            Map.of(),
            LocalDate.EPOCH,
            new Object()
        };
        assertThat(groups("a", common.clone(), "b", common.clone())).hasSize(2);
    }

    @Test
    void constantsOfTheirClassAreNotShared() {
        Shapes.Node a = new Shapes.Node("a");
        a.other = Shapes.Status.OPEN;
        Shapes.Node b = new Shapes.Node("b");
        b.other = Shapes.Status.OPEN;
        assertThat(groups("a", a, "b", b)).hasSize(2);
    }

    @Test
    void comparatorsAndLambdasAreNotShared() {
        Shapes.ByLength byLength = new Shapes.ByLength();
        Shapes.Greeter lambda = Shapes.lambda("x");
        assertThat(groups(
                        "a", new TreeMap<>(byLength),
                        "b", new TreeMap<>(byLength),
                        "c", new TreeSet<>(String.CASE_INSENSITIVE_ORDER),
                        "d", new TreeSet<>(String.CASE_INSENSITIVE_ORDER),
                        "e", new TreeSet<>(Collections.reverseOrder()),
                        "f", new TreeSet<>(Collections.reverseOrder()),
                        "g", new Object[] {lambda},
                        "h", new Object[] {lambda}))
                .hasSize(8);
    }

    @Test
    void whatAnUnmodifiableViewShowsIsShared() {
        Map<String, Object> map = new HashMap<>();
        assertThat(groups("view", Collections.unmodifiableMap(map), "map", map))
                .containsExactly(List.of("map", "view"));
        assertThat(groups("a", List.of(map), "b", List.of(map))).containsExactly(List.of("a", "b"));
    }

    @Test
    void anObjectWhoseFieldsAreAllFinalIsNotShared() {
        Shapes.Point point = new Shapes.Point(1, 1, "p", List.of());
        assertThat(groups("a", new Object[] {point}, "b", new Object[] {point})).hasSize(2);
        Shapes.Point mutable = new Shapes.Point(1, 1, "p", new ArrayList<>());
        assertThat(groups("a", new Object[] {mutable}, "b", new Object[] {mutable}))
                .hasSize(1);
    }

    @Test
    void flagsOfAFragmentAreThoseOfAllItsValues() {
        Date shared = new Date(1);
        Encoding encoding = codec.encode(Codecs.entries("a", shared, "b", shared, "c", "text"));

        assertThat(encoding.fragments()).extracting(Fragment::flags).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void aRefusedEntryDoesNotHarmThoseThatShareWithIt() {
        Map<String, Object> shared = new HashMap<>();
        Object[] refused = {shared, new Shapes.Connection()};

        Encoding encoding = codec.encode(Codecs.entries("a", refused, "b", shared, "c", new Object[] {shared}));

        assertThat(encoding.refusals()).extracting(Encoding.Refusal::name).containsExactly("a");
        assertThat(encoding.fragments()).extracting(Fragment::names).containsExactly(List.of("b", "c"));
        assertThat(codec.encode(Codecs.entries("a", refused, "b", shared)).fragments())
                .extracting(Fragment::names)
                .containsExactly(List.of("b"));
    }

    @Test
    void manyEntriesAndManyObjectsAreKeptApart() {
        Object[] entries = new Object[2_000];
        Object common = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Object[] value = new Object[20];
            for (int j = 0; j < 20; j++) {
                value[j] = new Date(j);
            }
            if (i % 250 == 0) {
                value[i % 20] = common;
            }
            entries[2 * i] = String.format("n%04d", i);
            entries[2 * i + 1] = value;
        }

        List<List<String>> groups = groups(entries);

        assertThat(groups).hasSize(997).contains(List.of("n0000", "n0250", "n0500", "n0750"));
    }
}
