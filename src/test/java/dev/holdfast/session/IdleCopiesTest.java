package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.IdHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Copies that no request uses: how many stay, which of them, and what is never let go of. */
class IdleCopiesTest extends EngineTestBase {
    private static final long PLENTY = 1_000_000_000;

    @Test
    void aSecondVisitAfterAnUpkeepFindsTheSameObjects() {
        a.begin(ID, session -> session.put("list", new ArrayList<>(List.of(1))));
        Object first = a.read(ID, "list");

        a.engine.forgetIdleCopies(Duration.ofMinutes(10));

        assertThat(a.read(ID, "list")).as("decoded once").isSameAs(first);
        assertThat(a.engine.idleCopies().copies()).isEqualTo(1);
    }

    @Test
    void whatAnotherNodeHasWrittenMeanwhileIsSeenAllTheSame() {
        a.begin(ID, session -> session.put("x", 1));
        b.serve(ID, session -> session.put("x", 2));
        a.engine.forgetIdleCopies(Duration.ofMinutes(10));

        assertThat(a.read(ID, "x")).isEqualTo(2);
    }

    @Test
    void notMoreStayThanWereAskedFor() {
        Node small = Node.keeping(store, 3, PLENTY);
        for (int i = 0; i < 20; i++) {
            small.begin("S" + i, session -> session.put("x", 1));
            assertThat(small.engine.copyCount()).isLessThanOrEqualTo(3);
        }

        assertThat(small.engine.idleCopies().copies()).isEqualTo(3);
        assertThat(held(small, 20)).containsExactly(17, 18, 19);
    }

    @Test
    void notMoreBytesStayThanWereAskedFor() {
        Node first = Node.keeping(store, 100, PLENTY);
        first.begin("S", session -> session.put("x", "y".repeat(10_000)));
        long one = first.engine.idleCopies().bytes();
        Node small = Node.keeping(store, 100, 4 * one + one / 2);

        for (int i = 0; i < 20; i++) {
            small.begin("S" + i, session -> session.put("x", "y".repeat(10_000)));
            assertThat(small.engine.idleCopies().bytes()).isLessThanOrEqualTo(4 * one + one / 2);
        }

        assertThat(one).isGreaterThan(20_000);
        assertThat(held(small, 20)).containsExactly(16, 17, 18, 19);
        small.begin("HUGE", session -> session.put("x", "y".repeat(100_000)));
        assertThat(held(small, 20))
                .as("what finds no room at all drives nobody out")
                .containsExactly(16, 17, 18, 19);
        assertThat(small.engine.held(IdHash.of("app", "HUGE"))).isNull();
    }

    @Test
    void aCopyThatHasGrownCountsForMore() {
        a.begin(ID, session -> session.put("x", "y"));
        long before = a.engine.idleCopies().bytes();
        a.serve(ID, session -> session.put("x", "y".repeat(10_000)));
        long grown = a.engine.idleCopies().bytes();
        try (Node.Request logout = a.request(ID)) {
            logout.end();
        }

        assertThat(grown).isGreaterThan(before + 10_000);
        assertThat(a.engine.idleCopies().bytes()).isZero();
        assertThat(a.engine.idleCopies().copies()).isZero();
    }

    @Test
    void whatWasUsedAgainOutlivesWhatWasNot() {
        Node small = Node.keeping(store, 4, PLENTY);
        for (int i = 0; i < 4; i++) {
            small.begin("S" + i, session -> session.put("x", 1));
        }
        small.read("S0", "x");
        small.read("S2", "x");
        small.begin("S4", session -> session.put("x", 1));
        small.begin("S5", session -> session.put("x", 1));

        assertThat(held(small, 6)).containsExactly(0, 2, 4, 5);
    }

    @Test
    void robotsDriveOutNobodyWhoHasComeBack() {
        Node node = Node.keeping(store, 1_600, PLENTY);
        for (int i = 0; i < 10; i++) {
            begin(node, "S" + i);
            node.read("S" + i, "x");
        }
        for (int i = 10; i < 2_000; i++) {
            begin(node, "S" + i);
        }

        List<Integer> held = held(node, 2_000);
        assertThat(held.subList(0, 10)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(held).as("those ten, and a sixteenth of what may stay").hasSize(110);
        assertThat(node.engine.idleCopies().copies()).isEqualTo(110);
        assertThat(node.read("S10", "x")).as("fetched again").isEqualTo(1);
        assertThat(held(node, 2_000)).contains(10);
    }

    @Test
    void whoComesBackWhileRobotsDoIsNoRobot() {
        Node node = Node.keeping(store, 1_600, PLENTY);
        begin(node, "S0");
        try (Node.Request back = node.request("S0")) {
            back.get("x");
            for (int i = 1; i < 200; i++) {
                begin(node, "S" + i);
            }
        }
        for (int i = 200; i < 400; i++) {
            begin(node, "S" + i);
        }

        assertThat(held(node, 400)).contains(0).hasSize(101);
    }

    /** A WebSocket, for one: whoever else comes is to find its objects, and it theirs. */
    @Test
    void whatIsChangedOutsideAnyRequestIsInUse() {
        Node node = Node.keeping(store, 1_600, PLENTY);
        begin(node, "S0");
        SessionCopy socket = Objects.requireNonNull(node.engine.held(IdHash.of("app", "S0")));
        for (int i = 1; i < 1_000; i++) {
            socket.attributes().put("x", i % 2);
            begin(node, "S" + i);
        }

        assertThat(node.engine.held(IdHash.of("app", "S0"))).isSameAs(socket);
        assertThat(held(node, 1_000)).hasSize(101);
    }

    /** A session that ends gives its place back at once. */
    @Test
    void sessionsThatHaveEndedTakeNoPlaceOfOthers() {
        Node node = Node.keeping(store, 1_600, PLENTY);
        for (int i = 0; i < 100; i++) {
            begin(node, "S" + i);
        }
        for (int i = 0; i < 50; i++) {
            try (Node.Request logout = node.request("S" + i)) {
                logout.end();
            }
        }
        for (int i = 100; i < 150; i++) {
            begin(node, "S" + i);
        }
        assertThat(held(node, 150)).hasSize(100);
        node.engine.forgetIdleCopies(Duration.ofMinutes(10));
        begin(node, "S150");
        assertThat(held(node, 151)).hasSize(100).doesNotContain(50).contains(150);
    }

    /** As a container does, which looks after the request's end whether something is left to be saved. */
    private static void begin(Node node, String id) {
        node.begin(id, session -> session.put("x", 1));
        SessionCopy copy = node.engine.held(IdHash.of("app", id));
        if (copy != null) {
            node.engine.saveStrays(copy);
        }
    }

    @Test
    void noneStaysWhereNoneMay() {
        for (Node none : List.of(Node.keeping(store, 0, PLENTY), Node.keeping(store, 10, 0))) {
            String id = ID + none.hashCode();
            none.begin(id, session -> session.put("x", 1));
            assertThat(none.read(id, "x")).isEqualTo(1);
            assertThat(none.engine.copies()).isEmpty();
            assertThat(none.engine.find(id)).as("outside any request").isPresent();
            assertThat(none.engine.copies()).isEmpty();
        }
    }

    @Test
    void aCopyInUseStaysWhateverTheBounds() {
        Node none = Node.keeping(store, 0, PLENTY);
        none.begin(ID, session -> session.put("list", new ArrayList<>(List.of(1))));
        try (Node.Request long1 = none.request(ID)) {
            List<Object> list = list(long1.get("list"));
            none.serve(ID, session -> assertThat(session.get("list")).isSameAs(list));
            none.engine.forgetIdleCopies(Duration.ZERO);

            assertThat(none.read(ID, "list")).isSameAs(list);
        }
        assertThat(none.engine.copies()).isEmpty();
    }

    @Test
    void valuesOfThisNodeAloneStayWhateverTheBounds() {
        Node none = Node.keeping(store, 0, 0);
        none.begin(ID, session -> session.put("local.socket", "s"));
        none.engine.forgetIdleCopies(Duration.ZERO);

        assertThat(none.read(ID, "local.socket")).isEqualTo("s");
    }

    @Test
    void aRotatedSessionIsCountedOnce() {
        a.begin(ID, session -> session.put("x", 1));
        try (Node.Request login = a.request(ID)) {
            login.rotate(ID2);
        }

        assertThat(a.engine.idleCopies().copies()).isEqualTo(1);
        assertThat(a.engine.copyCount()).isEqualTo(1);
        assertThat(a.read(ID2, "x")).isEqualTo(1);
    }

    @Test
    void whatAFailedRequestDidIsGoneWithItsCopy() {
        a.begin(ID, session -> session.put("cart", new ArrayList<>(List.of("book"))));
        Node.Request failing = a.request(ID);
        failing.run(session -> list(session.get("cart")).add("never saved"));
        failing.fail();
        failing.abandon();

        assertThat(a.engine.idleCopies().copies()).isZero();
        assertThat(a.engine.idleCopies().bytes()).isZero();
        assertThat(a.read(ID, "cart")).isEqualTo(List.of("book"));
    }

    /** Two requests that run at once see the same object: were the copy let go of between them, there would be two. */
    @Test
    void manyThreadsNeverLoseACopyInUse() throws Exception {
        int sessions = 12;
        Node small = Node.keeping(store, 3, PLENTY);
        List<AtomicInteger> running = new ArrayList<>();
        List<@Nullable Object> shared = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            small.begin("S" + i, session -> session.put("list", new ArrayList<>(List.of(1))));
            running.add(new AtomicInteger());
            shared.add(null);
        }
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            done.add(pool.submit(() -> {
                for (int i = 0; i < 5_000; i++) {
                    int number = ThreadLocalRandom.current().nextInt(sessions);
                    try (Node.Request request = small.request("S" + number)) {
                        Object mine = request.get("list");
                        synchronized (running.get(number)) {
                            if (running.get(number).getAndIncrement() == 0) {
                                shared.set(number, mine);
                            }
                            assertThat(mine).isSameAs(shared.get(number));
                        }
                        LockSupport.parkNanos(1);
                        synchronized (running.get(number)) {
                            running.get(number).decrementAndGet();
                        }
                    }
                    assertThat(small.engine.idleCopies().copies()).isLessThanOrEqualTo(3 + threads);
                }
            }));
        }
        try {
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(small.engine.idleCopies().copies()).isLessThanOrEqualTo(3);
        assertThat(small.engine.copyCount()).isEqualTo(small.engine.idleCopies().copies());
        List<SessionCopy> copies = List.copyOf(small.engine.copies());
        assertThat(small.engine.idleCopies().bytes())
                .isEqualTo(copies.stream().mapToLong(SessionCopy::sizeBytes).sum());
    }

    private static List<Integer> held(Node node, int sessions) {
        List<Integer> held = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            if (node.engine.held(IdHash.of("app", "S" + i)) != null) {
                held.add(i);
            }
        }
        return held;
    }
}
