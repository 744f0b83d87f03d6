package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A request and the end of its session's time meet. */
class LastMomentTest extends EngineTestBase {
    private static final Duration LEASE = Duration.ofMinutes(1);

    @Test
    void aSessionThatCouldNotBeKeptAliveIsNotAnsweredAsAlive() {
        a.begin(ID, session -> session.put("x", 1));
        pass(Duration.ofSeconds(1_855));
        b.store.beforeNext("touch", () -> pass(Duration.ofSeconds(10)));

        assertThat(b.knows(ID)).isFalse();
    }

    @Test
    void theSameWithACopyAtHand() {
        a.begin(ID, session -> session.put("x", 1));
        pass(Duration.ofSeconds(1_855));
        a.store.beforeNext("touch", () -> {
            try (Node.Request logout = b.request(ID)) {
                logout.end();
            }
        });

        assertThat(a.knows(ID)).isFalse();
    }

    @Test
    void aTouchThatCameInTimeKeepsItAlive() {
        a.begin(ID, session -> session.put("x", 1));
        pass(Duration.ofSeconds(1_855));
        assertThat(b.knows(ID)).isTrue();
        pass(Duration.ofSeconds(1_855));

        assertThat(a.engine.expire(10, LEASE, copy -> {})).isZero();
        assertThat(a.read(ID, "x")).isEqualTo(1);
    }

    /** A container takes no farewell for a session that it has been told is gone. */
    @Test
    void aRequestThatFindsTheSessionExpiredDoesNotSpoilItsFarewell() throws Exception {
        a.begin(ID, session -> session.put("x", 1));
        pass(Duration.ofSeconds(1_900));
        List<String> farewells = new ArrayList<>();
        ExecutorService sweeper = Executors.newSingleThreadExecutor();
        AtomicReference<Future<Integer>> sweep = new AtomicReference<>();
        SessionCopy held = a.engine.copies().iterator().next();
        a.store.beforeNext("load", () -> {
            sweep.set(sweeper.submit(() -> a.engine.expire(
                    10,
                    LEASE,
                    copy -> farewells.add(
                            copy.attributes().get("x") + " ended=" + ((Node.Container) copy.container()).ended))));
            // The sweep has claimed the row, and waits for the copy that this look-up is asking for.
            await().until(held.conversation::hasQueuedThreads);
        });
        try {
            assertThat(a.knows(ID)).isFalse();
            assertThat(Objects.requireNonNull(sweep.get()).get()).isEqualTo(1);
        } finally {
            sweeper.shutdownNow();
        }

        assertThat(farewells).containsExactly("1 ended=false");
    }
}
