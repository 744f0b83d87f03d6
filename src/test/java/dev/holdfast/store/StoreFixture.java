package dev.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the parts of the contract suite share: the store under test, its clock, and short names for what they write. */
abstract class StoreFixture {
    static final Duration TOUCH_INTERVAL = Duration.ofSeconds(60);
    static final int TIMEOUT_SECONDS = 1800;

    private static final AtomicLong COUNTER = new AtomicLong();

    /** A store with {@link #TOUCH_INTERVAL}, empty at the beginning of each test. */
    abstract SessionStore store();

    /** The same sessions as another node sees them. */
    abstract SessionStore otherNode();

    /** Lets time pass for all rows at once, without waiting. */
    abstract void passTime(Duration duration);

    final IdHash id(String name) {
        return IdHash.of("app", name);
    }

    /** One that does not look as if it had the base of the one before. */
    final long revision() {
        long number = COUNTER.incrementAndGet();
        return (number % 4_096 << Revision.DRAWN_BITS) + number;
    }

    final NewSession session(String name, long revision) {
        return session(name, revision, TIMEOUT_SECONDS);
    }

    final NewSession session(String name, long revision, int timeoutSeconds) {
        return new NewSession(id(name), revision, timeoutSeconds, bytes("base of " + name));
    }

    final long created(String name) {
        return created(name, TIMEOUT_SECONDS);
    }

    final long created(String name, int timeoutSeconds) {
        long revision = revision();
        assertThat(store().create(session(name, revision, timeoutSeconds))).isEqualTo(CreateResult.CREATED);
        return revision;
    }

    final long rotated(String from, long revision, String to) {
        long next = revision();
        assertThat(store().cycle(id(from), revision, session(to, next))).isEqualTo(new SaveResult.Saved());
        return next;
    }

    final Optional<SessionRow> load(String name) {
        return store().load(id(name), OptionalLong.empty());
    }

    final SessionRow loaded(String name) {
        return load(name).orElseThrow(() -> new AssertionError("session " + name + " is absent"));
    }

    final SessionChange delta(long revision, String delta) {
        return new SessionChange(revision, null, bytes(delta), OptionalInt.empty(), false);
    }

    final SessionChange touching(long revision) {
        return new SessionChange(revision, null, null, OptionalInt.empty(), true);
    }

    final SessionChange timeout(long revision, int seconds) {
        return new SessionChange(revision, null, null, OptionalInt.of(seconds), false);
    }

    final void expire(String name) {
        created(name, 1);
        passTime(Duration.ofSeconds(2));
        assertThat(load(name)).isEmpty();
    }

    /** Claims all that a sweep finds. */
    static List<ClaimedSession> claim(SessionStore store, int limit, Duration lease) {
        Swept swept = store.sweepExpired(limit, lease, row -> true);
        assertThat(swept.removed()).isEmpty();
        return swept.claimed();
    }

    final List<ClaimedSession> claim() {
        return claim(store(), 100, Duration.ofMinutes(1));
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    /** Records compare arrays by identity: rows are equal if they look equal. */
    static void assertSame(SessionRow actual, SessionRow expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .ignoringFields("remaining")
                .isEqualTo(expected);
        assertAbout(actual.remaining(), expected.remaining());
    }

    /** A real clock runs on while a test runs: the tolerance is below all that the tests let pass, and never upwards. */
    static void assertAbout(Duration actual, Duration expected) {
        if (expected.equals(SessionRow.FOREVER)) {
            assertThat(actual).isEqualTo(expected);
        } else {
            assertThat(actual).isBetween(expected.minusSeconds(20), expected);
        }
    }
}
