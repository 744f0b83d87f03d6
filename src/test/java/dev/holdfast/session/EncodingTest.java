package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.legacy.Torn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What others do while a request is being encoded, each time that it is. */
class EncodingTest extends EngineTestBase {
    private static final int LOOKS = 9;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    /** Some are encoded before that during which something else happens, some after. */
    private static final List<String> LISTS = List.of("1", "2", "3", "4", "5", "6", "7", "8");

    private final AtomicInteger looks = new AtomicInteger();
    private volatile @Nullable Thread saving;

    /** A request that has changed the lists, and during whose encoding something else happens at each look. */
    private Node.Request changing(Runnable meanwhile) {
        a.begin(ID, session -> {
            session.put("hooks", new Torn.OwnHooks());
            LISTS.forEach(name -> session.put(name, new ArrayList<>(List.of("old"))));
            session.put("x", "old");
        });
        Node.Request request = a.request(ID);
        hooks(request.get("hooks")).between = () -> {
            if (Thread.currentThread() == saving && looks.getAndIncrement() < LOOKS) {
                meanwhile.run();
            }
        };
        request.run(session -> append(session, "mine"));
        return request;
    }

    private static void append(Map<String, Object> session, String word) {
        LISTS.forEach(name -> list(session.get(name)).add(word));
    }

    private static Torn.OwnHooks hooks(@Nullable Object attribute) {
        return (Torn.OwnHooks) Objects.requireNonNull(attribute);
    }

    private void save(Node.Request request) throws InterruptedException {
        Thread thread = daemon(request::close);
        saving = thread;
        thread.start();
        thread.join(LONG_ENOUGH.toMillis());
        assertThat(thread.isAlive()).isFalse();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    @Test
    void waitsForNoMonitorWhoseHolderWaitsForItsEnd() throws InterruptedException {
        Object monitor = new Object();
        Node.Request request = changing(() -> {
            SessionCopy copy = a.engine.copies().iterator().next();
            Thread rendering = daemon(() -> {
                synchronized (monitor) {
                    a.serve(ID, session -> append(session, "rendered"));
                }
            });
            rendering.start();
            while (rendering.isAlive() && !copy.conversation.hasQueuedThreads()) {
                Thread.onSpinWait();
            }
            synchronized (monitor) {
                Thread.onSpinWait();
            }
        });
        save(request);

        LISTS.forEach(name ->
                assertThat(list(b.read(ID, name))).startsWith("old", "mine").contains("rendered"));
    }

    @Test
    void isNotRepeatedForWhatOthersHaveSetAndNotSaved() throws InterruptedException {
        AtomicInteger number = new AtomicInteger();
        Node.Request[] other = new Node.Request[1];
        Node.Request request = changing(
                () -> Objects.requireNonNull(other[0]).run(session -> session.put("x", number.incrementAndGet())));
        other[0] = a.request(ID);
        request.run(session -> session.put("x", "mine"));
        save(request);

        assertThat(looks).hasValueLessThan(LOOKS);
        assertThat(b.read(ID, "1")).isEqualTo(List.of("old", "mine"));
        assertThat(b.read(ID, "x")).isNotEqualTo("old");
        other[0].close();
        assertThat(b.read(ID, "x")).isEqualTo(number.get());
    }

    @Test
    void isRepeatedForWhatOthersHaveRemovedThoughThatWroteNothing() throws InterruptedException {
        Node.Request request = changing(() -> a.serve(ID, session -> session.remove("new")));
        request.run(session -> session.put("new", "in no row yet"));
        save(request);

        for (Node node : List.of(a, b)) {
            assertThat(node.read(ID, "new")).isNull();
            assertThat(node.read(ID, "1")).isEqualTo(List.of("old", "mine"));
        }
    }

    @Test
    void isRepeatedForWhatOthersHaveSetBackThoughThatWroteNothing() throws InterruptedException {
        Node.Request request =
                changing(() -> a.serve(ID, session -> session.put("1", new ArrayList<>(List.of("old")))));
        save(request);

        for (Node node : List.of(a, b)) {
            assertThat(node.read(ID, "1")).isEqualTo(List.of("old"));
            assertThat(node.read(ID, "2")).isEqualTo(List.of("old", "mine"));
        }
    }

    @Test
    void ofOneObjectByManyAtOnceEndsForAll() throws Exception {
        int writers = 64;
        int rounds = 20;
        a.begin(ID, session -> {
            Map<String, Integer> counters = new ConcurrentHashMap<>();
            for (int i = 0; i < 1_000; i++) {
                counters.put("filler" + i, i);
            }
            session.put("counters", counters);
        });
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                String own = "writer" + i;
                running.add(threads.submit(() -> {
                    for (int round = 0; round < rounds; round++) {
                        a.serve(ID, session -> counters(session.get("counters")).merge(own, 1, Integer::sum));
                    }
                }));
            }
            for (Future<?> writer : running) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }

        Map<String, Integer> counters = counters(b.read(ID, "counters"));
        for (int i = 0; i < writers; i++) {
            assertThat(counters).containsEntry("writer" + i, rounds);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Integer> counters(@Nullable Object attribute) {
        return (Map<String, Integer>) Objects.requireNonNull(attribute);
    }

    @Test
    void aRemovalOfAnothersThatIsOverRemovesNothingThatHasArrivedSince() throws InterruptedException {
        Node.Request[] other = new Node.Request[1];
        Node.Request request = changing(() -> {
            Node.Request remover = other[0];
            if (remover != null) {
                other[0] = null;
                remover.close();
                b.serve(ID, session -> session.put("m", "from b"));
                a.read(ID, "m");
            }
        });
        Node.Request remover = a.request(ID);
        remover.run(session -> session.put("m", "never stored"));
        request.get("m");
        remover.run(session -> session.remove("m"));
        other[0] = remover;
        save(request);

        assertThat(b.read(ID, "m")).isEqualTo("from b");
        assertThat(b.read(ID, "1")).isEqualTo(List.of("old", "mine"));
    }
}
