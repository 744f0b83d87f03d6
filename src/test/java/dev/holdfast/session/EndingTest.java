package dev.holdfast.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.crypto.KeyFile;
import dev.holdfast.crypto.KeyRing;
import dev.holdfast.crypto.SessionCrypto;
import dev.holdfast.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Logout, expiry and rotation, with requests in flight. */
class EndingTest extends EngineTestBase {
    @Test
    void whatWasInvalidatedElsewhereStaysDead() {
        a.begin(ID, session -> session.put("x", 1));
        try (Node.Request inFlight = b.request(ID)) {
            inFlight.run(session -> session.put("x", 2));
            try (Node.Request logout = a.request(ID)) {
                assertThat(logout.end()).isTrue();
            }
        }
        assertThat(a.knows(ID)).isFalse();
        assertThat(b.knows(ID)).isFalse();
        assertThat(store.countAlive()).isZero();
    }

    @Test
    void theContainerLearnsThatItsSessionIsGone() {
        a.begin(ID, session -> session.put("x", 1));
        Node.Request inFlight = b.request(ID);
        inFlight.run(session -> session.put("x", 2));
        Node.Container container = inFlight.container();
        try (Node.Request logout = a.request(ID)) {
            logout.end();
        }
        inFlight.close();
        assertThat(container.ended).isTrue();
    }

    @Test
    void whatTheContainerDoesThenHoldsUpNobody() {
        a.begin(ID, session -> session.put("x", 1));
        Node.Request inFlight = a.request(ID);
        inFlight.run(session -> session.put("x", 2));
        SessionCopy copy = inFlight.session().orElseThrow();
        AtomicReference<Object> met = new AtomicReference<>("not told");
        inFlight.container().whenEnded = () -> met.set(CompletableFuture.supplyAsync(() -> {
                    copy.conversation.lock();
                    try {
                        return "free";
                    } finally {
                        copy.conversation.unlock();
                    }
                })
                .completeOnTimeout("held", 5, SECONDS)
                .join());
        b.request(ID).end();
        inFlight.close();

        assertThat(met).hasValue("free");
    }

    @Test
    void ofTwoLogoutsOneEndsTheSession() {
        a.begin(ID, session -> {});
        try (Node.Request first = a.request(ID);
                Node.Request second = b.request(ID)) {
            assertThat(second.session()).isPresent();
            assertThat(first.end()).isTrue();
            assertThat(second.end()).isFalse();
        }
    }

    @Test
    void rotationLeavesExactlyOneIdAlive() {
        a.begin(ID, session -> session.put("x", 1));
        try (Node.Request login = a.request(ID)) {
            login.run(session -> session.put("user", "ada"));
            assertThat(login.rotate(ID2)).isEqualTo(ID2);
        }
        // The last one asks whether the id that the client is about to be told is still the session's.
        assertThat(a.store.calls()).containsExactly("create", "load", "cycle", "load");
        assertThat(b.knows(ID)).isFalse();
        assertThat(b.read(ID2, "user")).isEqualTo("ada");
        assertThat(b.read(ID2, "x")).isEqualTo(1);
        assertThat(a.knows(ID)).isFalse();
    }

    @Test
    void aSaveInFlightFollowsTheSessionThroughAChainOfRotations() {
        a.begin(ID, session -> session.put("x", 1));
        try (Node.Request inFlight = b.request(ID)) {
            inFlight.run(session -> session.put("y", 2));
            try (Node.Request login = a.request(ID)) {
                login.rotate("BETWEEN");
                login.run(session -> session.put("z", 3));
            }
            try (Node.Request login = a.request("BETWEEN")) {
                login.rotate(ID2);
            }
        }
        a.serve(ID2, session -> assertThat(session.keySet()).containsExactlyInAnyOrder("x", "y", "z"));
        assertThat(store.countAlive()).isEqualTo(1);
    }

    @Test
    void aLogoutInFlightFollowsTheRotation() {
        a.begin(ID, session -> {});
        try (Node.Request logout = b.request(ID)) {
            assertThat(logout.session()).isPresent();
            try (Node.Request login = a.request(ID)) {
                login.rotate(ID2);
            }
            assertThat(logout.end()).isTrue();
        }
        assertThat(a.knows(ID2)).isFalse();
        assertThat(store.countAlive()).isZero();
    }

    @Test
    void whoRotatesSecondAdoptsTheWinnersId() {
        a.begin(ID, session -> {});
        try (Node.Request loser = b.request(ID)) {
            loser.run(session -> session.put("mine", "kept"));
            try (Node.Request winner = a.request(ID)) {
                winner.rotate(ID2);
            }
            assertThat(loser.rotate("LOSERSID")).isEqualTo(ID2);
            assertThat(loser.container().id).isEqualTo(ID2);
        }
        assertThat(a.read(ID2, "mine")).isEqualTo("kept");
        assertThat(a.knows("LOSERSID")).isFalse();
        assertThat(store.countAlive()).isEqualTo(1);
    }

    @Test
    void aSessionThatWasNeverInsertedIsJustRenamed() {
        try (Node.Request request = a.request(ID)) {
            request.create();
            request.rotate(ID2);
        }
        assertThat(a.store.calls()).containsExactly("create");
        assertThat(b.knows(ID2)).isTrue();
        assertThat(b.knows(ID)).isFalse();
    }

    @Test
    void anIdThatIsBornAgainIsAnotherSession() {
        a.begin(ID, session -> session.put("x", "first life"));
        try (Node.Request inFlight = b.request(ID)) {
            inFlight.run(session -> session.put("y", "first life"));
            try (Node.Request logout = a.request(ID)) {
                logout.end();
            }
            a.begin(ID, session -> session.put("z", "second life"));
            assertThat(b.read(ID, "z")).as("a later request on the same node").isEqualTo("second life");
        }
        a.serve(ID, session -> assertThat(session.keySet()).containsExactly("z"));
    }

    @Test
    void theOldIdIsDeadForARequestThatWasWaitingForTheRotation() throws InterruptedException, ExecutionException {
        a.begin(ID, session -> {});
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Node.Request login = a.request(ID)) {
            AtomicReference<Future<Boolean>> late = new AtomicReference<>();
            login.session();
            a.store.beforeNext("cycle", () -> {
                late.set(other.submit(() -> a.knows(ID)));
                // It waits for the conversation that the rotation holds.
                await().until(() -> login.session().orElseThrow().conversation.hasQueuedThreads());
            });
            login.rotate(ID2);
            assertThat(Objects.requireNonNull(late.get()).get()).isFalse();
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void theJvmRouteIsNoPartOfTheKey() {
        a.begin(ID + ".nodeA", session -> session.put("x", 1));

        assertThat(b.read(ID + ".nodeB", "x")).isEqualTo(1);
        assertThat(b.read(ID, "x")).isEqualTo(1);
        try (Node.Request request = b.request(ID)) {
            assertThat(request.container().id)
                    .as("the id that the client was given")
                    .isEqualTo(ID + ".nodeA");
        }
    }

    @Test
    void anExpiredSessionIsToldFarewellOnceWithItsAttributes() {
        a.begin(ID, session -> session.put("x", new ArrayList<>(List.of(1))));
        pass(Duration.ofSeconds(1_861));
        List<Object> farewells = new ArrayList<>();

        int first = a.engine.expire(
                10,
                Duration.ofMinutes(1),
                copy -> farewells.add(copy.attributes().get("x")));
        int second = b.engine.expire(10, Duration.ofMinutes(1), copy -> farewells.add("again"));

        assertThat(first).isEqualTo(1);
        assertThat(second).isZero();
        assertThat(farewells).containsExactly(List.of(1));
    }

    @Test
    void aSweepThatDiesIsTakenOverWhenItsLeaseHasRunOut() {
        a.begin(ID, session -> session.put("x", 1));
        pass(Duration.ofSeconds(1_861));
        assertThatThrownBy(() -> a.engine.expire(10, Duration.ofMinutes(1), copy -> {
                    throw new IllegalStateException("the node dies");
                }))
                .isInstanceOf(IllegalStateException.class);
        List<Object> farewells = new ArrayList<>();

        assertThat(b.engine.expire(10, Duration.ofMinutes(1), copy -> farewells.add("early")))
                .isZero();
        pass(Duration.ofSeconds(61));
        assertThat(b.engine.expire(
                        10,
                        Duration.ofMinutes(1),
                        copy -> farewells.add(copy.attributes().get("x"))))
                .isEqualTo(1);

        assertThat(farewells).containsExactly(1);
    }

    @Test
    void anExpiredRowThatDoesNotOpenHereIsLeftToANodeWithItsKey() {
        Node stranger = new Node(
                store,
                SessionCrypto.sealing(KeyRing.parse(KeyFile.newKey())),
                getClass().getClassLoader(),
                1_000);
        a.begin(ID, session -> session.put("x", 1));
        pass(Duration.ofSeconds(1_861));
        List<Object> farewells = new ArrayList<>();

        stranger.engine.expire(10, Duration.ofMinutes(1), copy -> farewells.add("by a stranger"));
        pass(Duration.ofSeconds(61));
        a.engine.expire(
                10,
                Duration.ofMinutes(1),
                copy -> farewells.add(copy.attributes().get("x")));

        assertThat(farewells).containsExactly(1);
    }

    @Test
    void aSaveThatArrivesWhileItIsRepeatedIsNotMergedWithItself() {
        a.begin(ID, session -> session.put("n", 1));
        Node.Request request = a.request(ID);
        request.run(session -> session.put("n", 2));
        a.store.delay("save");
        a.store.beforeNext("load", () -> a.store.beforeNext("save", a.store::arrive));
        request.close();

        assertThat(b.read(ID, "n")).isEqualTo(2);
        assertThat(a.engine.stats().conflicts()).isZero();
    }

    @Test
    void aSaveThatArrivesBeneathAnothersWhileItIsRepeatedIsNotMergedAgain() {
        a.begin(ID, session -> session.put("n", 1));
        Node.Request request = a.request(ID);
        request.run(session -> session.put("n", 2));
        a.store.delay("save");
        a.store.beforeNext(
                "load",
                () -> a.store.beforeNext("save", () -> {
                    a.store.arrive();
                    b.serve(ID, session -> session.put("n", 3));
                }));

        assertThatThrownBy(request::close).isInstanceOf(StoreUnavailableException.class);
        assertThat(b.read(ID, "n")).isEqualTo(3);
    }

    @Test
    void aFailedLogoutLeavesTheSessionAlive() {
        a.begin(ID, session -> session.put("x", 1));
        try (Node.Request logout = a.request(ID)) {
            logout.session();
            a.store.down(true);
            assertThatThrownBy(logout::end).isInstanceOf(StoreUnavailableException.class);
            a.store.down(false);
        }
        assertThat(a.read(ID, "x")).isEqualTo(1);
    }

    @Test
    void aRowThatDoesNotOpenIsNoSessionAndStays() {
        Node sealing = new Node(
                store,
                SessionCrypto.sealing(KeyRing.parse(KeyFile.newKey())),
                getClass().getClassLoader(),
                1_000);
        a.begin(ID, session -> session.put("x", 1));

        assertThat(sealing.knows(ID)).isFalse();
        assertThat(sealing.reports).singleElement().asString().contains("not authentic");
        assertThat(store.countAlive()).isEqualTo(1);
        assertThat(a.read(ID, "x")).isEqualTo(1);
    }

    @Test
    void aFailedRotationLeavesNothingBehind() {
        a.begin(ID, session -> session.put("cart", new ArrayList<>(List.of("book"))));
        Node.Request login = a.request(ID);
        login.run(session -> list(session.get("cart")).add("never saved"));
        a.store.down(true);
        assertThatThrownBy(() -> login.rotate(ID2)).isInstanceOf(StoreUnavailableException.class);
        a.store.down(false);
        login.abandon();

        assertThat(a.read(ID, "cart")).isEqualTo(List.of("book"));
    }
}
