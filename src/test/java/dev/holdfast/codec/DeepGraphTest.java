package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.codec.legacy.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Graphs deeper than a thread's stack. */
class DeepGraphTest {
    static Shapes.Node chain(int length) {
        Shapes.Node first = new Shapes.Node("0");
        Shapes.Node last = first;
        for (int i = 1; i < length; i++) {
            last.next = new Shapes.Node("n");
            last = last.next;
        }
        last.other = first;
        return first;
    }

    private static int lengthOf(Shapes.Node first) {
        int length = 1;
        for (Shapes.Node node = first; node.next != null; node = node.next) {
            length++;
            if (node.next.next == null) {
                assertThat(node.next.other).isSameAs(first);
            }
        }
        return length;
    }

    @Test
    void aHundredThousandNodesComeBack() {
        try (SessionCodec codec = Codecs.forTests()) {
            assertThat(lengthOf(Codecs.roundTrip(codec, chain(100_000)))).isEqualTo(100_000);
        }
    }

    @Test
    void soDoTheyInCollectionsAndBehindHooks() {
        Object nested = "end";
        for (int i = 0; i < 20_000; i++) {
            nested = switch (i % 3) {
                case 0 -> new ArrayList<>(List.of(nested));
                case 1 -> new HashMap<>(Map.of("k", nested));
                default -> {
                    Shapes.Hooked hooked = new Shapes.Hooked("h", i);
                    hooked.part = nested;
                    yield hooked;
                }
            };
        }
        try (SessionCodec codec = Codecs.forTests()) {
            Object decoded = Codecs.roundTrip(codec, nested);
            assertThat(DeepComparison.difference(nested, decoded)).isNull();
        }
    }

    @Test
    void soDoTheyInOneFragmentWithOthers() {
        Shapes.Node chain = chain(20_000);
        try (SessionCodec codec = Codecs.forTests()) {
            Encoding encoding = codec.encode(Codecs.entries("a", chain, "b", chain, "c", "shallow"));
            assertThat(encoding.fragments())
                    .extracting(Fragment::names)
                    .containsExactlyInAnyOrder(List.of("c"), List.of("a", "b"));
        }
    }

    @Test
    void aDeepCycleThroughHooksComesBack() {
        Shapes.Hooked hooked = new Shapes.Hooked("h", 1);
        Shapes.Node chain = chain(5_000);
        hooked.part = chain;
        chain.other = hooked;
        try (SessionCodec codec = Codecs.forTests()) {
            Shapes.Hooked decoded = Codecs.roundTrip(codec, hooked);
            assertThat(((Shapes.Node) decoded.part).other).isSameAs(decoded);
        }
    }

    @Test
    void whatIsDeeperThanAllowedIsRefused() {
        try (SessionCodec codec = Codecs.limited(Codecs.MAX_BYTES, 1_000);
                SessionCodec deeper = Codecs.forTests()) {
            assertThat(Codecs.roundTrip(codec, chain(999))).isNotNull();
            Encoding.Refusal refusal = Codecs.refusal(codec, "a", chain(1_001));
            assertThat(refusal.reason()).contains("1000");
            Fragment fragment = Codecs.encode(deeper, chain(1_001));
            assertThatThrownBy(() -> codec.decode(fragment))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("1000");
        }
        try (SessionCodec shallow = Codecs.limited(Codecs.MAX_BYTES, 3)) {
            assertThat(Codecs.refusal(shallow, "a", chain(4)).reason()).contains("3");
            assertThat(Codecs.roundTrip(shallow, new Object[] {new Object[] {1}}))
                    .isNotNull();
        }
    }

    @Test
    void aTextIsALevelToo() {
        Object[] deepest = {"text", new Object[] {"text"}};
        Object[] tooDeep = {"text", new Object[] {new Object[] {"text"}}};
        try (SessionCodec codec = Codecs.limited(Codecs.MAX_BYTES, 3);
                SessionCodec deeper = Codecs.forTests()) {
            assertThat(Arrays.deepEquals(Codecs.roundTrip(codec, deepest), deepest))
                    .isTrue();
            assertThat(Codecs.refusal(codec, "a", tooDeep).reason()).contains("deeper than 3");
            Fragment fragment = Codecs.encode(deeper, tooDeep);
            assertThatThrownBy(() -> codec.decode(fragment))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("deeper than 3");
        }
    }

    @Test
    void whatIsDeeperThanAnyStackIsRefused() {
        try (SessionCodec codec = Codecs.limited(Codecs.MAX_BYTES, 100_000_000)) {
            assertThat(Codecs.refusal(codec, "a", chain(10_000_000)).reason()).containsAnyOf("deep", "larger");
        }
    }

    @Test
    void aSmallStackIsNoObstacle() throws Exception {
        try (SessionCodec codec = Codecs.forTests();
                var executor = new SmallStacks()) {
            Shapes.Node chain = chain(3_000);
            assertThat(lengthOf(executor.call(() -> Codecs.roundTrip(codec, chain))))
                    .isEqualTo(3_000);
        }
    }

    @Test
    void noThreadStays() {
        try (SessionCodec codec = Codecs.forTests()) {
            Codecs.roundTrip(codec, chain(5_000));
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("holdfast-deep-graph");
        }
    }

    private static final class SmallStacks implements AutoCloseable {
        private final ExecutorService executor =
                Executors.newSingleThreadExecutor(work -> new Thread(null, work, "small", 160 * 1024));

        <T> T call(Callable<T> work) throws Exception {
            Future<T> future = executor.submit(work);
            return future.get();
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
