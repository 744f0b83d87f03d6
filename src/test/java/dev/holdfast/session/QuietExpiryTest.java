package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.crypto.KeyFile;
import dev.holdfast.crypto.KeyRing;
import dev.holdfast.crypto.SessionCrypto;
import dev.holdfast.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Expired sessions of which somebody, or nobody, has to be told. */
class QuietExpiryTest extends EngineTestBase {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration EXPIRY = Duration.ofSeconds(1_861);

    /** Listens to those sessions only that hold a value of {@link Node#FLAGGED}. */
    private static final class Listener implements Farewell {
        final List<Object> told = new ArrayList<>();
        final List<String> untold = new ArrayList<>();
        Consumer<SessionCopy> more = copy -> {};

        @Override
        public boolean isAwaited(int flags) {
            return flags != 0;
        }

        @Override
        public void tell(SessionCopy copy) {
            told.add(copy.attributes().get("n"));
            more.accept(copy);
        }

        @Override
        public void passUntold(String sessionId, Instant createdAt) {
            assertThat(createdAt).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
            untold.add(sessionId);
        }
    }

    private final Listener listener = new Listener();

    private void begin(int number, boolean awaited) {
        b.begin("S" + number, session -> {
            session.put("n", number);
            if (awaited) {
                session.put("flag", Node.FLAGGED);
            }
        });
    }

    @Test
    void ofAMixedBatchEachIsDestroyedOnceAndTheAwaitedOnesAreTold() {
        for (int i = 0; i < 10; i++) {
            begin(i, i % 3 == 0);
        }
        pass(EXPIRY);

        assertThat(a.engine.expire(100, LEASE, listener)).isEqualTo(10);
        assertThat(b.engine.expire(100, LEASE, listener)).isZero();
        pass(LEASE.multipliedBy(2));
        assertThat(b.engine.expire(100, LEASE, listener)).isZero();

        assertThat(listener.told).containsExactlyInAnyOrder(0, 3, 6, 9);
        assertThat(listener.untold).containsExactlyInAnyOrder("S1", "S2", "S4", "S5", "S7", "S8");
        assertThat(a.engine.stats().expirations()).isEqualTo(10);
    }

    @Test
    void aThousandOfWhichNobodyIsToldCostAHandfulOfStatements() {
        for (int i = 0; i < 1_000; i++) {
            begin(i, false);
        }
        pass(EXPIRY);
        a.store.calls();

        assertThat(a.engine.expire(1_000, LEASE, listener)).isEqualTo(1_000);

        assertThat(a.store.calls()).containsExactly("sweepExpired");
        assertThat(listener.untold).hasSize(1_000);
        assertThat(store.pruneExpired(true)).as("rows left").isZero();
    }

    @Test
    void aCopyThatThisNodeHoldsEndsWithItsSession() {
        a.begin(ID, session -> session.put("n", 1));
        pass(EXPIRY);
        SessionCopy held = a.engine.copies().iterator().next();

        a.engine.expire(10, LEASE, listener);

        assertThat(held.isAlive()).isFalse();
        assertThat(a.engine.copies()).isEmpty();
        assertThat(listener.told).as("its container ends it").containsExactly(1);
    }

    @Test
    void aRowThatDoesNotOpenStaysAmongThoseThatGo() {
        begin(1, false);
        pass(EXPIRY);
        Node stranger = new Node(
                store,
                SessionCrypto.sealing(KeyRing.parse(KeyFile.newKey())),
                getClass().getClassLoader(),
                1_000);

        assertThat(stranger.engine.expire(10, LEASE, listener)).isEqualTo(1);

        assertThat(listener.untold).isEmpty();
        pass(LEASE.multipliedBy(2));
        assertThat(a.engine.expire(10, LEASE, listener)).isEqualTo(1);
        assertThat(listener.untold).containsExactly("S1");
    }

    @Test
    void theRowsOfThoseWhoWereToldGoThoughTheNextFarewellFails() {
        for (int i = 0; i < 5; i++) {
            begin(i, true);
        }
        pass(EXPIRY);
        listener.more = copy -> {
            if (listener.told.size() == 3) {
                throw new IllegalStateException("the node dies");
            }
        };

        assertThatThrownBy(() -> a.engine.expire(10, LEASE, listener)).isInstanceOf(IllegalStateException.class);
        pass(LEASE.multipliedBy(2));

        assertThat(b.engine.expire(10, LEASE, listener))
                .as("the one that failed and those behind it")
                .isEqualTo(3);
        assertThat(listener.told).hasSize(6);
    }

    @Test
    void whoWasToldIsNotToldAgainBecauseTheDatabaseFailedForAMoment() {
        for (int i = 0; i < 3; i++) {
            begin(i, true);
        }
        pass(EXPIRY);
        a.store.loseQuestionOf("deleteClaimed");

        assertThatThrownBy(() -> a.engine.expire(10, LEASE, listener)).isInstanceOf(StoreUnavailableException.class);
        a.engine.expire(10, LEASE, listener);
        pass(LEASE.multipliedBy(2));
        b.engine.expire(10, LEASE, listener);

        assertThat(listener.told).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void whileAFarewellHangsOthersRemoveWhatWasToldBefore() {
        for (int i = 0; i < 5; i++) {
            begin(i, true);
        }
        pass(EXPIRY);
        listener.more = copy -> {
            if (listener.told.size() == 5) {
                a.engine.removeTold();
                assertThat(a.engine.stats().expirations()).isEqualTo(4);
            }
        };

        a.engine.expire(10, LEASE, listener);

        assertThat(a.engine.stats().expirations()).isEqualTo(5);
    }

    @Test
    void anInterruptedSweepTellsNobodyMoreAndRemovesWhatItHasTold() {
        for (int i = 0; i < 5; i++) {
            begin(i, true);
        }
        pass(EXPIRY);
        listener.more = copy -> {
            if (listener.told.size() == 2) {
                Thread.currentThread().interrupt();
            }
        };

        a.engine.expire(10, LEASE, listener);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(listener.told).hasSize(2);
        pass(LEASE.multipliedBy(2));
        assertThat(b.engine.expire(10, LEASE, listener)).isEqualTo(3);
        assertThat(listener.told).hasSize(5).doesNotHaveDuplicates();
    }
}
