package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Contract, third part: what becomes of the expired. */
abstract class StoreSweepContract extends StoreWriteContract {
    @Test
    void aClaimedSessionIsReadableByItsClaimantAndDeadToAllOthers() {
        long revision = created("a", 60);
        store().save(id("a"), revision, delta(revision(), "change"));
        SessionRow before = loaded("a");
        created("alive");
        passTime(Duration.ofSeconds(70));

        List<ClaimedSession> claimed = claim();
        assertThat(claimed).hasSize(1);
        SessionRow row = claimed.get(0).row();
        assertThat(row.idHash()).isEqualTo(id("a"));
        assertThat(row.revision()).isEqualTo(before.revision());
        assertThat(text(row.base())).isEqualTo("base of a");
        assertThat(text(row.delta())).isEqualTo("change");
        assertThat(row.remaining()).isNegative();
        assertThat(load("a")).isEmpty();
        assertThat(load("alive")).isPresent();

        assertThat(store().deleteClaimed(claimed)).isEqualTo(1);
        assertThat(store().deleteClaimed(claimed)).isZero();
        assertThat(store().create(session("a", revision()))).isEqualTo(CreateResult.CREATED);
    }

    @Test
    void aClaimHoldsForItsLeaseAndIsThenTakenOver() {
        expire("a");
        List<ClaimedSession> first = claim(store(), 100, Duration.ofMinutes(5));
        assertThat(first).hasSize(1);
        passTime(Duration.ofMinutes(4));
        assertThat(claim(otherNode(), 100, Duration.ofMinutes(5))).isEmpty();

        passTime(Duration.ofMinutes(2));
        List<ClaimedSession> second = claim(otherNode(), 100, Duration.ofMinutes(5));
        assertThat(second).hasSize(1);
        assertThat(second.get(0).token()).isNotEqualTo(first.get(0).token());
        assertThat(store().deleteClaimed(first)).isZero();
        assertThat(otherNode().deleteClaimed(second)).isEqualTo(1);
    }

    @Test
    void aStaleTokenIsNotSavedByAnotherOfTheSameBatch() {
        expire("a");
        ClaimedSession stale = claim().get(0);
        expire("b");
        passTime(Duration.ofMinutes(2));
        List<ClaimedSession> both = claim();
        assertThat(both).hasSize(2);
        ClaimedSession b = both.stream()
                .filter(session -> session.row().idHash().equals(id("b")))
                .findFirst()
                .orElseThrow();

        assertThat(store().deleteClaimed(List.of(stale, b))).isEqualTo(1);
        assertThat(store().deleteClaimed(both)).isEqualTo(1);
        assertThat(store().deleteClaimed(List.of())).isZero();
    }

    @Test
    void whatNobodyAwaitsIsRemovedAtOnceAndTheRestIsClaimed() {
        expire("quiet");
        expire("awaited");
        created("alive");
        Swept swept = store().sweepExpired(100, Duration.ofMinutes(1), row -> String.valueOf(text(row.base()))
                .contains("awaited"));

        assertThat(swept.size()).isEqualTo(2);
        SessionRow removed = swept.removed().get(0);
        assertThat(removed.idHash()).isEqualTo(id("quiet"));
        assertThat(text(removed.base())).isEqualTo("base of quiet");
        assertThat(store().create(session("quiet", revision()))).isEqualTo(CreateResult.CREATED);
        assertThat(names(swept.claimed())).containsExactly(id("awaited"));
        assertThat(store().create(session("awaited", revision()))).isEqualTo(CreateResult.EXISTS);
        assertThat(store().deleteClaimed(swept.claimed())).isEqualTo(1);
        assertThat(load("alive")).isPresent();
    }

    @Test
    void theLongestExpiredAreClaimedFirst() {
        expire("oldest");
        expire("older");
        expire("newest");
        assertThat(names(claim(store(), 2, Duration.ofMinutes(1))))
                .containsExactlyInAnyOrder(id("oldest"), id("older"));
        assertThat(names(claim(store(), 2, Duration.ofMinutes(1)))).containsExactly(id("newest"));
        assertThat(claim(store(), 2, Duration.ofMinutes(1))).isEmpty();
    }

    private static Set<IdHash> names(List<ClaimedSession> claimed) {
        Set<IdHash> names = new HashSet<>();
        claimed.forEach(session -> names.add(session.row().idHash()));
        return names;
    }

    @Test
    void pruningWithoutFarewellSparesTheLivingAndTheClaimed() {
        created("alive");
        created("forever", 0);
        rotated("moved", created("moved"), "successor");
        expire("claimed");
        assertThat(claim()).hasSize(1);
        expire("expired");

        assertThat(store().pruneExpired(false)).isZero();
        assertThat(store().pruneExpired(true)).isEqualTo(1);
        assertThat(store().pruneExpired(true)).isZero();
        assertThat(store().countAlive()).isEqualTo(3);

        passTime(Duration.ofMinutes(2));
        assertThat(store().pruneExpired(true)).isEqualTo(1);
        assertThat(store().touch(id("moved"))).isTrue();
        assertThat(store().countAlive()).isEqualTo(3);
    }
}
