package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract, first part: a session from its creation to its expiry. */
abstract class StoreLifeContract extends StoreFixture {
    @Test
    void whatWasNeverCreatedIsAbsent() {
        assertThat(load("nobody")).isEmpty();
        assertThat(store().touch(id("nobody"))).isFalse();
        assertThat(store().delete(id("nobody"))).isFalse();
        assertThat(store().save(id("nobody"), 1, delta(2, "x"))).isEqualTo(new SaveResult.Gone());
        assertThat(store().cycle(id("nobody"), 1, session("successor", 2))).isEqualTo(new SaveResult.Gone());
        assertThat(load("nobody")).isEmpty();
        assertThat(load("successor")).isEmpty();
    }

    @Test
    void aCreatedSessionIsThereOnEveryNode() {
        long revision = created("a");
        SessionRow row = otherNode().load(id("a"), OptionalLong.empty()).orElseThrow();
        assertThat(row.idHash()).isEqualTo(id("a"));
        assertThat(row.revision()).isEqualTo(revision);
        assertThat(row.accessedAt()).isEqualTo(row.createdAt());
        assertThat(row.maxInactiveSeconds()).isEqualTo(TIMEOUT_SECONDS);
        assertThat(text(row.base())).isEqualTo("base of a");
        assertThat(row.delta()).isNull();
        assertAbout(row.remaining(), Duration.ofSeconds(TIMEOUT_SECONDS).plus(TOUCH_INTERVAL));
        assertThat(row.touchDue()).isFalse();
        assertThat(store().countAlive()).isEqualTo(1);
    }

    @Test
    void contentsTheCallerHoldsAreNotSentAgain() {
        long first = created("a");
        long second = revision();
        store().save(id("a"), first, delta(second, "change"));

        SessionRow held = store().load(id("a"), OptionalLong.of(second)).orElseThrow();
        assertThat(held.base()).isNull();
        assertThat(held.delta()).isNull();
        assertThat(held.revision()).isEqualTo(second);

        SessionRow outdated = store().load(id("a"), OptionalLong.of(first)).orElseThrow();
        assertThat(text(outdated.base())).isEqualTo("base of a");
        assertThat(text(outdated.delta())).isEqualTo("change");
    }

    @Test
    void aBaseTheCallerHoldsIsNotSentAgainBesideADelta() {
        long first = created("a");
        long second = Revision.after(first);
        store().save(id("a"), first, delta(second, "change"));

        SessionRow changed = store().load(id("a"), OptionalLong.of(first)).orElseThrow();
        assertThat(changed.revision()).isEqualTo(second);
        assertThat(changed.base()).isNull();
        assertThat(text(changed.delta())).isEqualTo("change");
        assertThat(text(loaded("a").base())).isEqualTo("base of a");

        long third = Revision.after(second);
        store().save(
                        id("a"),
                        second,
                        new SessionChange(third, bytes("another base"), null, OptionalInt.empty(), false));
        SessionRow folded = store().load(id("a"), OptionalLong.of(second)).orElseThrow();
        assertThat(text(folded.base()))
                .as("where there is no delta to prove it by")
                .isEqualTo("another base");
    }

    @Test
    void whatBeginsHasNoChanges() {
        NewSession changed = new NewSession(id("a"), revision(), TIMEOUT_SECONDS, bytes("base"), bytes("delta"));

        assertThatThrownBy(() -> store().create(changed)).isInstanceOf(IllegalArgumentException.class);
        assertThat(load("a")).isEmpty();
    }

    @Test
    void anIdIsCreatedOnce() {
        long revision = created("a");
        assertThat(store().create(session("a", revision()))).isEqualTo(CreateResult.EXISTS);
        assertThat(loaded("a").revision()).isEqualTo(revision);
    }

    @Test
    void aDeadRowIsInTheWayAsWell() {
        rotated("a", created("a"), "b");
        assertThat(store().create(session("a", revision()))).isEqualTo(CreateResult.EXISTS);
        assertThat(load("a")).isEmpty();

        expire("c");
        assertThat(store().create(session("c", revision()))).isEqualTo(CreateResult.EXISTS);
        assertThat(load("c")).isEmpty();
    }

    @Test
    void expiresAfterTimeoutAndTouchIntervalAndNeverBefore() {
        created("a");
        passTime(Duration.ofSeconds(TIMEOUT_SECONDS).plusSeconds(30));
        assertThat(load("a")).isPresent();
        passTime(TOUCH_INTERVAL);
        assertThat(load("a")).isEmpty();
        assertThat(store().touch(id("a"))).isFalse();
        assertThat(store().countAlive()).isZero();
    }

    @Test
    void theIntervalIsAtMostATenthOfTheTimeout() {
        created("a", 300);
        assertAbout(loaded("a").remaining(), Duration.ofSeconds(330));
    }

    @Test
    void aTouchIsDueOnceTheIntervalIsOver() {
        created("a");
        passTime(TOUCH_INTERVAL.dividedBy(2));
        assertThat(loaded("a").touchDue()).isFalse();
        passTime(TOUCH_INTERVAL);
        assertThat(loaded("a").touchDue()).isTrue();

        assertThat(store().touch(id("a"))).isTrue();
        SessionRow row = loaded("a");
        assertThat(row.touchDue()).isFalse();
        assertThat(row.accessedAt()).isAfter(row.createdAt());
        assertAbout(row.remaining(), Duration.ofSeconds(TIMEOUT_SECONDS).plus(TOUCH_INTERVAL));
    }

    @Test
    void aTouchChangesNeitherContentsNorRevision() {
        long revision = created("a");
        passTime(Duration.ofMinutes(5));
        store().touch(id("a"));
        assertThat(loaded("a").revision()).isEqualTo(revision);
        assertThat(text(loaded("a").base())).isEqualTo("base of a");
    }

    @Test
    void accessAndExpiryNeverGoBack() {
        long revision = created("a");
        SessionRow before = loaded("a");
        passTime(Duration.ofMinutes(-10));
        store().touch(id("a"));
        store().save(id("a"), revision, touching(revision()));
        passTime(Duration.ofMinutes(10));
        assertThat(loaded("a").accessedAt()).isEqualTo(before.accessedAt());
        assertAbout(loaded("a").remaining(), before.remaining());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void zeroOrLessNeverExpires(int timeoutSeconds) {
        long revision = created("a", timeoutSeconds);
        passTime(Duration.ofDays(40_000));
        SessionRow row = loaded("a");
        assertThat(row.remaining()).isEqualTo(SessionRow.FOREVER);
        assertThat(row.maxInactiveSeconds()).isEqualTo(timeoutSeconds);
        assertThat(row.touchDue()).isFalse();
        assertThat(store().touch(id("a"))).isTrue();
        assertThat(store().save(id("a"), revision, touching(revision()))).isEqualTo(new SaveResult.Saved());
        assertThat(loaded("a").remaining()).isEqualTo(SessionRow.FOREVER);
        assertThat(claim()).isEmpty();
    }

    @Test
    void theLongestTimeoutDoesNotOverflow() {
        long revision = created("a", Integer.MAX_VALUE);
        Duration longest = Duration.ofSeconds(Integer.MAX_VALUE).plus(TOUCH_INTERVAL);
        assertAbout(loaded("a").remaining(), longest);
        store().touch(id("a"));
        store().save(id("a"), revision, timeout(revision(), Integer.MAX_VALUE));
        assertAbout(loaded("a").remaining(), longest);
    }

    @Test
    void theShortestTimeoutExpires() {
        created("a", 1);
        passTime(Duration.ofMillis(1101));
        assertThat(load("a")).isEmpty();
    }

    @Test
    void aChangedTimeoutCountsFromNowInEitherDirection() {
        long revision = created("a");
        revision = changedTimeout("a", revision, 60);
        assertAbout(loaded("a").remaining(), Duration.ofSeconds(66));
        revision = changedTimeout("a", revision, 7200);
        assertAbout(loaded("a").remaining(), Duration.ofMinutes(121));
        revision = changedTimeout("a", revision, 0);
        assertThat(loaded("a").remaining()).isEqualTo(SessionRow.FOREVER);
        changedTimeout("a", revision, 1800);
        assertAbout(loaded("a").remaining(), Duration.ofMinutes(31));
        assertThat(loaded("a").maxInactiveSeconds()).isEqualTo(1800);
    }

    private long changedTimeout(String name, long revision, int seconds) {
        long next = revision();
        assertThat(store().save(id(name), revision, timeout(next, seconds))).isEqualTo(new SaveResult.Saved());
        return next;
    }

    @Test
    void healthIsGood() {
        assertThat(store().health()).isInstanceOf(HealthStatus.Healthy.class);
    }
}
