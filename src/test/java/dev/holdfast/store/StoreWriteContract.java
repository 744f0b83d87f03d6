package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Contract, second part: saves, deletes and changes of id. */
abstract class StoreWriteContract extends StoreLifeContract {
    @Test
    void aSaveWritesWhatItIsGivenAndLeavesTheRest() {
        long first = created("a");
        SessionRow born = loaded("a");
        passTime(Duration.ofMinutes(1));

        long second = revision();
        assertThat(store().save(id("a"), first, delta(second, "change"))).isEqualTo(new SaveResult.Saved());
        SessionRow row = loaded("a");
        assertThat(row.revision()).isEqualTo(second);
        assertThat(text(row.base())).isEqualTo("base of a");
        assertThat(text(row.delta())).isEqualTo("change");
        assertThat(row.createdAt()).isBeforeOrEqualTo(born.createdAt());
        assertThat(row.accessedAt()).isAfter(row.createdAt());
        assertThat(row.maxInactiveSeconds()).isEqualTo(TIMEOUT_SECONDS);

        long third = revision();
        SessionChange folded = new SessionChange(third, bytes("new base"), null, OptionalInt.empty(), false);
        assertThat(store().save(id("a"), second, folded)).isEqualTo(new SaveResult.Saved());
        assertThat(text(loaded("a").base())).isEqualTo("new base");
        assertThat(loaded("a").delta()).isNull();
    }

    @Test
    void aSaveMovesTheExpiryOnlyWhenItTouches() {
        long first = created("a");
        passTime(Duration.ofMinutes(10));
        long second = revision();
        store().save(id("a"), first, delta(second, "change"));
        assertAbout(loaded("a").remaining(), Duration.ofMinutes(21));
        store().save(id("a"), second, touching(revision()));
        assertAbout(loaded("a").remaining(), Duration.ofMinutes(31));
    }

    @Test
    void aSaveAtAnotherRevisionReportsWhatIsThereAndChangesNothing() {
        long first = created("a");
        long second = revision();
        otherNode().save(id("a"), first, delta(second, "theirs"));
        SessionRow theirs = loaded("a");

        SaveResult result = store().save(id("a"), first, delta(revision(), "ours"));
        assertThat(result).isInstanceOf(SaveResult.Conflict.class);
        assertSame(((SaveResult.Conflict) result).current(), theirs);
        assertSame(loaded("a"), theirs);
    }

    @Test
    void theDeadAreNotBroughtBack() {
        long revision = created("deleted");
        assertThat(store().delete(id("deleted"))).isTrue();
        assertGone("deleted", revision);

        revision = created("expired", 1);
        passTime(Duration.ofSeconds(2));
        assertGone("expired", revision);

        assertThat(claim()).hasSize(1);
        assertGone("expired", revision);
    }

    private void assertGone(String name, long revision) {
        assertThat(store().save(id(name), revision, touching(revision()))).isEqualTo(new SaveResult.Gone());
        assertThat(store().save(id(name), revision, timeout(revision(), 0))).isEqualTo(new SaveResult.Gone());
        assertThat(store().cycle(id(name), revision, session("successor", revision())))
                .isEqualTo(new SaveResult.Gone());
        assertThat(store().touch(id(name))).isFalse();
        assertThat(store().delete(id(name))).isFalse();
        assertThat(load(name)).isEmpty();
        assertThat(load("successor")).isEmpty();
    }

    @Test
    void anIdThatIsBornAgainDoesNotPassForItsPredecessor() {
        long predecessor = created("a");
        store().delete(id("a"));
        long reborn = created("a");
        SaveResult result = store().save(id("a"), predecessor, delta(revision(), "late"));
        assertThat(result).isInstanceOf(SaveResult.Conflict.class);
        assertThat(loaded("a").revision()).isEqualTo(reborn);
        assertThat(loaded("a").delta()).isNull();
    }

    @Test
    void deletesOnce() {
        created("a");
        assertThat(otherNode().delete(id("a"))).isTrue();
        assertThat(store().delete(id("a"))).isFalse();
        assertThat(load("a")).isEmpty();
    }

    @Test
    void theExpiredAreLeftToTheSweep() {
        expire("a");
        assertThat(store().delete(id("a"))).isFalse();
        assertThat(claim()).hasSize(1);
        assertThat(store().delete(id("a"))).isFalse();
        assertThat(store().pruneExpired(true)).isZero();
        passTime(Duration.ofMinutes(2));
        assertThat(claim()).hasSize(1);
    }

    @Test
    void aNewIdTakesTheSessionOver() {
        long revision = created("old");
        SessionRow before = loaded("old");
        passTime(Duration.ofMinutes(10));
        long next = revision();
        NewSession successor = new NewSession(id("new"), next, 600, bytes("sealed for new"));
        assertThat(store().cycle(id("old"), revision, successor)).isEqualTo(new SaveResult.Saved());

        assertThat(load("old")).isEmpty();
        SessionRow row = otherNode().load(id("new"), OptionalLong.empty()).orElseThrow();
        assertThat(row.revision()).isEqualTo(next);
        assertThat(text(row.base())).isEqualTo("sealed for new");
        assertThat(row.delta()).isNull();
        assertThat(row.maxInactiveSeconds()).isEqualTo(600);
        assertThat(row.createdAt()).isBeforeOrEqualTo(before.createdAt());
        assertThat(row.accessedAt()).isAfter(row.createdAt());
        assertAbout(row.remaining(), Duration.ofMinutes(11));
        assertThat(store().countAlive()).isEqualTo(1);
    }

    @Test
    void whoComesUnderTheOldIdLearnsTheNewOne() {
        long revision = created("old");
        long next = rotated("old", revision, "new");
        assertThat(store().save(id("old"), revision, touching(revision()))).isEqualTo(new SaveResult.Moved(id("new")));
        assertThat(store().cycle(id("old"), revision, session("other", revision())))
                .isEqualTo(new SaveResult.Moved(id("new")));
        assertThat(load("other")).isEmpty();
        assertThat(loaded("new").revision()).isEqualTo(next);
    }

    @Test
    void aRotationAtAnotherRevisionChangesNothing() {
        long first = created("old");
        store().save(id("old"), first, delta(revision(), "theirs"));
        SessionRow theirs = loaded("old");
        SaveResult result = store().cycle(id("old"), first, session("new", revision()));
        assertThat(result).isInstanceOf(SaveResult.Conflict.class);
        assertSame(((SaveResult.Conflict) result).current(), theirs);
        assertSame(loaded("old"), theirs);
        assertThat(load("new")).isEmpty();
    }

    @Test
    void aRotationToAnIdInUseChangesNothing() {
        long revision = created("old");
        created("used");
        SessionRow old = loaded("old");
        SessionRow used = loaded("used");
        assertThatThrownBy(() -> store().cycle(id("old"), revision, session("used", revision())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(id("old").toString())
                .hasMessageContaining("in use");
        assertThatThrownBy(() -> store().cycle(id("old"), revision, session("old", revision())))
                .isInstanceOf(IllegalStateException.class);
        assertSame(loaded("old"), old);
        assertSame(loaded("used"), used);
    }

    @Test
    void touchAndDeleteFollowAChainOfTombstones() {
        rotated("b", rotated("a", created("a"), "b"), "c");
        passTime(Duration.ofMinutes(10));
        assertThat(store().touch(id("a"))).isTrue();
        assertAbout(loaded("c").remaining(), Duration.ofMinutes(31));

        assertThat(store().delete(id("a"))).isTrue();
        assertThat(load("c")).isEmpty();
        assertThat(store().delete(id("a"))).isFalse();
        assertThat(store().touch(id("a"))).isFalse();
        assertThat(store().countAlive()).isZero();
    }

    @Test
    void aTombstoneEndsAfterItsTime() {
        store().cycle(id("a"), created("a"), session("b", revision(), 0));
        passTime(SessionStore.TOMBSTONE_LIFETIME.minusMinutes(1));
        assertThat(store().pruneExpired(false)).isZero();
        assertThat(store().touch(id("a"))).isTrue();

        passTime(Duration.ofMinutes(2));
        assertThat(claim()).isEmpty();
        assertThat(store().pruneExpired(false)).isEqualTo(1);
        assertThat(store().touch(id("a"))).isFalse();
        assertThat(store().create(session("a", revision()))).isEqualTo(CreateResult.CREATED);
    }

    @Test
    void aClosedStoreAnswersNothing() {
        long revision = created("a");
        store().close();
        store().close();
        assertUnavailable(store(), id("a"), revision);
        assertThat(store().health()).isEqualTo(new HealthStatus.Unhealthy("The store is closed."));
    }

    /** No method of a store that cannot be asked may answer as if it had been. */
    static void assertUnavailable(SessionStore store, IdHash id, long revision) {
        NewSession other = new NewSession(IdHash.of("app", "other"), 1, 60, bytes("x"));
        SessionChange change = new SessionChange(2, null, null, OptionalInt.empty(), true);
        assertUnavailable("load of session " + id, () -> store.load(id, OptionalLong.empty()));
        assertUnavailable("create of session " + other.idHash(), () -> store.create(other));
        assertUnavailable("save of session " + id, () -> store.save(id, revision, change));
        assertUnavailable("touch of session " + id, () -> store.touch(id));
        assertUnavailable("delete of session " + id, () -> store.delete(id));
        assertUnavailable("change of id of session " + id, () -> store.cycle(id, revision, other));
        assertUnavailable("", store::createSchema);
        assertUnavailable("", () -> claim(store, 1, Duration.ofMinutes(1)));
        assertUnavailable("", () -> store.deleteClaimed(List.of(claimedElsewhere(id))));
        assertUnavailable("", () -> store.pruneExpired(false));
        assertUnavailable("", store::countAlive);
    }

    private static ClaimedSession claimedElsewhere(IdHash id) {
        Instant now = Instant.EPOCH;
        return new ClaimedSession(new SessionRow(id, 1, now, now, 1, Duration.ZERO, null, null), UUID.randomUUID());
    }

    private static void assertUnavailable(String operation, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StoreUnavailableException.class).hasMessageStartingWith(operation);
    }
}
