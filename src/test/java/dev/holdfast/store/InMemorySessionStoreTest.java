package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemorySessionStoreTest extends SessionStoreContract {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InMemorySessionStore store = new InMemorySessionStore(TOUCH_INTERVAL, () -> now);

    @Override
    SessionStore store() {
        return store;
    }

    @Override
    SessionStore otherNode() {
        return store;
    }

    @Override
    void passTime(Duration duration) {
        now = now.plus(duration);
    }

    @Test
    void anExpiryPastTheYear9999StaysAtItsEnd() {
        now = Instant.parse("9990-01-01T00:00:00Z");
        created("a", Integer.MAX_VALUE);
        assertThat(now.plus(loaded("a").remaining())).isEqualTo(Instant.parse("9999-12-31T23:59:59.999999Z"));
    }

    @Test
    void theClockDecidesToTheInstant() {
        created("a", 10);
        passTime(Duration.ofSeconds(11).minusNanos(1));
        assertThat(load("a")).isPresent();
        passTime(Duration.ofNanos(1));
        assertThat(load("a")).isEmpty();
    }
}
