package dev.holdfast.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class QuietSessionsTest {
    private static final String ONE = "one";
    private static final String OTHER = "other";

    // System.nanoTime() may be anything, and may run over
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final QuietSessions sessions = new QuietSessions(clock::get);

    @Test
    void eachIsThereUntilItsOwnMoment() {
        sessions.add(ONE, clock.get() + 10);
        sessions.add(OTHER, clock.get() + 20);

        clock.addAndGet(9);
        assertThat(sessions.contains(ONE)).isTrue();
        clock.addAndGet(1);
        assertThat(sessions.contains(ONE)).isFalse();
        assertThat(sessions.contains(OTHER)).isTrue();
    }

    @Test
    void whatIsAddedAgainHasItsNewMoment() {
        sessions.add(ONE, clock.get() + 10);
        sessions.add(ONE, clock.get() + 5);

        clock.addAndGet(5);

        assertThat(sessions.contains(ONE)).isFalse();
    }

    @Test
    void whatIsRemovedIsGone() {
        sessions.add(ONE, clock.get() + 10);
        sessions.remove(ONE);
        sessions.remove(OTHER);

        assertThat(sessions.contains(ONE)).isFalse();
        assertThat(sessions.size()).isZero();
    }

    @Test
    void pruningLetsGoOfWhatIsOver() {
        sessions.add(ONE, clock.get() + 10);
        sessions.add(OTHER, clock.get() + 20);

        clock.addAndGet(10);
        sessions.prune();

        assertThat(sessions.size()).isEqualTo(1);
        assertThat(sessions.contains(OTHER)).isTrue();
    }

    @Test
    void noMoreThanItsMostAreRemembered() {
        for (int i = 0; i < QuietSessions.MOST; i++) {
            sessions.add("session " + i, clock.get() + 10);
        }
        sessions.add(ONE, clock.get() + 10);

        assertThat(sessions.size()).isEqualTo(QuietSessions.MOST);
        assertThat(sessions.contains(ONE)).isFalse();

        String first = "session 0";
        sessions.add(first, clock.get() + 30);
        clock.addAndGet(20);
        assertThat(sessions.contains(first)).isTrue();
    }
}
