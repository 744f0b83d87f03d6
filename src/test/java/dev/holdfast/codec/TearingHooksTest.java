package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.legacy.Torn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an object that changes at a certain moment while its hooks write it. */
class TearingHooksTest {
    private final SessionCodec codec = Codecs.forTests();

    @BeforeEach
    void reset() {
        Torn.OwnHooks.reads = 0;
        Torn.Reconnecting.reads = 0;
    }

    @AfterEach
    void close() {
        codec.close();
    }

    @Test
    void nothingIsReadBackOfWhatStandsStill() {
        Torn.OwnHooks own = new Torn.OwnHooks();
        own.elements.add(new ArrayList<>(List.of("x")));
        Torn.Reconnecting reconnecting = new Torn.Reconnecting();
        reconnecting.put("a", 1);
        for (int i = 0; i < 3; i++) {
            codec.encode(Codecs.entries("own", own, "reconnecting", reconnecting));
        }

        assertThat(Torn.OwnHooks.reads).isZero();
        assertThat(Torn.Reconnecting.reads).isZero();
    }

    @Test
    void whatChangesOnceIsEncodedAsItIsThen() {
        Torn.OwnHooks own = new Torn.OwnHooks();
        AtomicInteger changesLeft = new AtomicInteger(1);
        own.between = () -> {
            if (changesLeft.getAndDecrement() > 0) {
                own.elements.add("new");
            }
        };

        assertThat(Codecs.roundTrip(codec, own).elements).containsExactly("new");
    }

    @Test
    void anObjectWhoseHookFailsOnceIsEncodedAllTheSame() {
        Torn.OwnHooks own = new Torn.OwnHooks();
        own.elements.add("a");
        AtomicInteger failuresLeft = new AtomicInteger(1);
        own.between = () -> {
            if (failuresLeft.getAndDecrement() > 0) {
                throw new IllegalStateException("half changed");
            }
        };

        assertThat(Codecs.roundTrip(codec, own).elements).containsExactly("a");
    }

    @Test
    void whatChangesEveryTimeIsRefusedAndNothingElseIs() {
        Torn.OwnHooks own = new Torn.OwnHooks();
        own.elements.addAll(Collections.nCopies(1_000, "x"));
        own.between = () -> own.elements.remove(0);
        List<Object> shared = new ArrayList<>(List.of("shared"));

        Encoding encoding = codec.encode(
                Codecs.entries("a", shared, "b", new Object[] {shared, own}, "c", new Object[] {shared}, "d", "alone"));

        assertThat(encoding.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.name()).isEqualTo("b");
            assertThat(refusal.reason())
                    .contains("being changed by another request")
                    .contains("OwnHooks");
        });
        Map<String, Object> decoded = new HashMap<>();
        encoding.fragments().forEach(fragment -> decoded.putAll(codec.decode(fragment)));
        assertThat(decoded.keySet()).containsExactlyInAnyOrder("a", "c", "d");
        assertThat(decoded.get("c"))
                .asInstanceOf(InstanceOfAssertFactories.ARRAY)
                .singleElement()
                .isSameAs(decoded.get("a"));
    }

    @Test
    void onceCaughtItIsProvedForAWhile() {
        Torn.OwnHooks own = new Torn.OwnHooks();
        AtomicInteger changesLeft = new AtomicInteger(1);
        own.between = () -> {
            if (changesLeft.getAndDecrement() > 0) {
                own.elements.add("new");
            }
        };
        Codecs.encode(codec, own);
        int reads = Torn.OwnHooks.reads;

        Codecs.encode(codec, own);

        assertThat(Torn.OwnHooks.reads).isEqualTo(reads + 1);
    }

    @Test
    void aMapThatCountsTooManyComesBackAsItShowsItself() {
        for (Map<Object, Object> map : List.of(new HashMap<>(), new Torn.OfHashMap())) {
            map.put(new Key(false, () -> {}), "lost");
            map.put(new Key(false, map::clear), "lost too");
            map.put("a", 1);
            assertThat(map.size()).isEqualTo(2);
            assertThat(shown(map)).hasSize(1);

            assertSameAsShown(map);
        }
    }

    @Test
    void aMapThatCountsTooFewComesBackAsItShowsItself() {
        for (Map<Object, Object> map : List.of(new HashMap<>(), new Torn.OfHashMap())) {
            Key key = new Key(true, () -> {});
            map.put(key, "removed twice");
            map.put("a", 1);
            map.put("b", 2);
            map.remove(new Key(true, () -> map.remove(key)));
            assertThat(map.size()).isEqualTo(1);
            assertThat(shown(map)).hasSize(2);

            assertSameAsShown(map);
        }
    }

    private void assertSameAsShown(Map<Object, Object> map) {
        Map<Object, Object> decoded = Codecs.roundTrip(codec, map);
        assertThat(shown(decoded)).isEqualTo(shown(map));
        assertThat(decoded.size()).isEqualTo(shown(map).size());
    }

    private static Map<Object, Object> shown(Map<Object, Object> map) {
        Map<Object, Object> shown = new HashMap<>();
        map.forEach(shown::put);
        return shown;
    }

    /** Meets all others in the map's table, and does something in the middle of the map's own work. */
    private static final class Key {
        private final boolean equal;
        private final Runnable meddling;

        Key(boolean equal, Runnable meddling) {
            this.equal = equal;
            this.meddling = meddling;
        }

        @Override
        public boolean equals(Object other) {
            if (!(other instanceof Key)) {
                return false;
            }
            meddling.run();
            return equal;
        }

        @Override
        public int hashCode() {
            return 7;
        }
    }
}
