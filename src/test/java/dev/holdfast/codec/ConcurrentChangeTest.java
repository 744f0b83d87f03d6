package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.legacy.Shapes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another request changes a collection while it is encoded. What comes out decodes, what stands beside it is whole, and if a refusal comes out it
 * says why.
 */
@SuppressWarnings({"JdkObsolete", "UnnecessaryStringBuilder"})
class ConcurrentChangeTest {
    private static final int ROUNDS = 400;

    static Stream<Arguments> collections() {
        return Stream.of(
                map(new HashMap<>()),
                map(new LinkedHashMap<>()),
                map(new TreeMap<>()),
                map(new Hashtable<>()),
                map(new ConcurrentHashMap<>()),
                map(new ConcurrentSkipListMap<>()),
                map(new IdentityHashMap<>()),
                map(Collections.synchronizedMap(new HashMap<>())),
                map(new Shapes.OwnMap()),
                map(new Properties()),
                list(new ArrayList<>()),
                list(new LinkedList<>()),
                list(new Vector<>()),
                list(new HashSet<>()),
                list(new ArrayDeque<>()),
                list(new CopyOnWriteArrayList<>()),
                list(new ConcurrentLinkedQueue<>()),
                list(Collections.synchronizedList(new ArrayList<>())),
                list(new Shapes.OwnList()),
                Arguments.of("BitSet", new BitSet(), flipBits()),
                Arguments.of("StringBuilder", new StringBuilder(), append()));
    }

    /** Changes the value a little. */
    private interface Change {
        void change(Object value, int step);
    }

    @SuppressWarnings("unchecked")
    private static Arguments map(Map<?, ?> map) {
        return Arguments.of(map.getClass().getSimpleName(), map, (Change) (value, step) -> {
            Map<Object, Object> changing = (Map<Object, Object>) value;
            if (step % 3 == 2) {
                changing.remove(keyOf(step - 1));
            } else {
                changing.put(keyOf(step), "v" + step);
            }
            if (step % 400 == 0) {
                changing.clear();
            }
        });
    }

    private static String keyOf(int step) {
        return ("k" + step % 97).intern();
    }

    @SuppressWarnings("unchecked")
    private static Arguments list(Collection<?> collection) {
        return Arguments.of(collection.getClass().getSimpleName(), collection, (Change) (value, step) -> {
            Collection<Object> changing = (Collection<Object>) value;
            changing.add("e" + step);
            if (step % 3 == 2) {
                changing.remove("e" + (step - 1));
            }
            if (step % 60 == 0) {
                changing.clear();
            }
        });
    }

    private static Change flipBits() {
        return (value, step) -> {
            ((BitSet) value).flip(step % 700);
            if (step % 100 == 0) {
                ((BitSet) value).clear();
            }
        };
    }

    private static Change append() {
        return (value, step) -> {
            StringBuilder builder = (StringBuilder) value;
            builder.append("x\u20ac");
            if (step % 50 == 0) {
                builder.setLength(0);
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("collections")
    void decodesAndHarmsNothingBesideIt(String name, Object changing, Change change) throws Exception {
        List<String> beside = new ArrayList<>(List.of("a", "b"));
        AtomicInteger step = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(1);
        Thread changer = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    change.change(changing, step.getAndIncrement());
                } catch (RuntimeException e) {
                    // an unguarded collection may throw at its writer too
                }
                started.countDown();
            }
        });
        try (SessionCodec codec = Codecs.forTests()) {
            changer.start();
            started.await();
            int encoded = 0;
            for (int i = 0; i < ROUNDS; i++) {
                Encoding encoding = codec.encode(Codecs.entries(
                        "a", beside, "b", new Object[] {"before", changing, beside, "after"}, "c", "text"));
                assertThat(encoding.refusals()).allSatisfy(refusal -> assertThat(refusal.reason())
                        .contains("was being changed by another request"));
                for (Fragment fragment : encoding.fragments()) {
                    Map<String, Object> decoded = codec.decode(fragment);
                    if (decoded.get("b") instanceof Object[] parts) {
                        encoded++;
                        assertThat(parts[0]).isEqualTo("before");
                        assertThat(parts[2]).isEqualTo(beside).isSameAs(decoded.get("a"));
                        assertThat(parts[3]).isEqualTo("after");
                    }
                }
            }
            assertThat(encoded).isPositive();
        } finally {
            changer.interrupt();
            changer.join();
        }
    }
}
