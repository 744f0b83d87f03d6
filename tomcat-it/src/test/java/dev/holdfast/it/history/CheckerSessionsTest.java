package dev.holdfast.it.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.history.Operation.Found;
import dev.holdfast.it.history.Operation.Kind;
import org.junit.jupiter.api.Test;

/** What the checker says of sessions and their ids: alive, dead, lost, twice there, and fine. */
final class CheckerSessionsTest {
    private final Script script = new Script();

    @Test
    void aLifeWithLoginAndLogout() {
        script.op(Kind.WRITE, 10, 50).node(1);
        script.op(Kind.ROTATE, 20, 30).rotatedTo("B", "C");
        script.op(Kind.READ, 25, 35).node(1).none();
        script.op(Kind.PROBE, 36, 37).none();
        script.op(Kind.PROBE, 36, 37).cookie("B").none();
        script.op(Kind.READ, 38, 39).cookie("C");
        script.op(Kind.LOGOUT, 60, 70).cookie("C").loggedOut();
        script.op(Kind.PROBE, 71, 72).cookie("C").none();
        script.farewell(0, 69);

        assertThat(script.violations()).isEmpty();
    }

    @Test
    void aliveAfterALogout() {
        script.op(Kind.LOGOUT, 10, 20).loggedOut();
        script.farewell(0, 19);
        script.op(Kind.PROBE, 15, 25).node(1);
        assertThat(script.kinds()).isEmpty();

        script.op(Kind.PROBE, 26, 27).node(1);
        assertThat(script.kinds()).containsExactly(Violation.Kind.ALIVE_AFTER_LOGOUT);
    }

    @Test
    void aliveAfterALogoutUnderAnOlderId() {
        script.op(Kind.ROTATE, 5, 8).rotatedTo("B");
        script.op(Kind.LOGOUT, 10, 20).cookie("B").loggedOut();
        script.farewell(0, 19);
        script.op(Kind.PROBE, 26, 27).node(1);

        assertThat(script.kinds()).containsExactly(Violation.Kind.ALIVE_AFTER_LOGOUT);
    }

    @Test
    void aLogoutOfUnknownFateEndsTheSessionOrNotButNotForAWhile() {
        script.fault(Fault.Kind.CUT, 0, 10, 20);
        script.op(Kind.LOGOUT, 10, 20).unknown();
        script.op(Kind.READ, 21, 22).node(1);
        script.op(Kind.READ, 23, 24).node(1).none();
        assertThat(script.kinds()).isEmpty();

        script.op(Kind.READ, 25, 26).node(1);
        assertThat(script.kinds()).containsExactly(Violation.Kind.RESURRECTED);
    }

    @Test
    void aliveAfterARotation() {
        script.op(Kind.ROTATE, 10, 20).rotatedTo("B");
        script.op(Kind.PROBE, 15, 25).node(1);
        assertThat(script.kinds()).isEmpty();

        script.op(Kind.PROBE, 21, 22).node(1);
        assertThat(script.kinds()).containsExactly(Violation.Kind.ALIVE_AFTER_ROTATION);
    }

    @Test
    void anIdInTheMiddleOfADoubleRotationIsDeadToo() {
        script.op(Kind.ROTATE, 10, 20).rotatedTo("B", "C");
        script.op(Kind.PROBE, 21, 22).cookie("B");

        assertThat(script.kinds()).containsExactly(Violation.Kind.ALIVE_AFTER_ROTATION);
    }

    @Test
    void whoSawTheNewIdAliveKnowsThatTheOldOneIsDead() {
        script.fault(Fault.Kind.CUT, 0, 10, 30);
        script.op(Kind.ROTATE, 10, 60).firstByteAt(20).broken().rotatedTo("B");
        script.op(Kind.READ, 21, 22).cookie("B");
        script.op(Kind.PROBE, 23, 24).node(1);

        assertThat(script.kinds()).containsExactly(Violation.Kind.ALIVE_AFTER_ROTATION);
    }

    @Test
    void ofTwoRotationsTheSecondAdopts() {
        script.op(Kind.ROTATE, 10, 20).node(0).rotatedTo("B");
        script.op(Kind.ROTATE, 10, 21).node(1).rotatedTo("B");
        script.op(Kind.READ, 22, 23).cookie("B");
        assertThat(script.kinds()).isEmpty();

        script.op(Kind.READ, 24, 25).cookie("B").none();
        assertThat(script.kinds()).containsExactly(Violation.Kind.SESSION_LOST);
    }

    @Test
    void twoIdsAlive() {
        script.op(Kind.ROTATE, 10, 20).node(0).rotatedTo("B");
        script.op(Kind.ROTATE, 10, 21).node(1).rotatedTo("C");
        script.op(Kind.READ, 22, 23).cookie("B");
        script.op(Kind.READ, 24, 25).cookie("C");
        assertThat(script.kinds()).isEmpty();

        script.op(Kind.READ, 26, 27).cookie("B");
        script.op(Kind.READ, 28, 29).cookie("C");
        assertThat(script.kinds()).containsExactly(Violation.Kind.TWO_IDS_ALIVE);
    }

    @Test
    void theLastCookieIsDeadThoughTheSessionLives() {
        script.op(Kind.ROTATE, 10, 20).rotatedTo("B").told("X");
        script.op(Kind.READ, 22, 23).cookie("X").none();
        script.op(Kind.PROBE, 24, 25).cookie("B");

        assertThat(script.kinds()).containsExactly(Violation.Kind.LAST_COOKIE_DEAD);
    }

    @Test
    void noSessionDuringAnOutage() {
        script.fault(Fault.Kind.DATABASE_RESTART, Fault.DATABASE, 5, 50);
        script.op(Kind.READ, 10, 20).failed(503);
        assertThat(script.kinds()).isEmpty();

        script.op(Kind.READ, 21, 22).none();
        script.op(Kind.READ, 60, 61);
        assertThat(script.kinds()).containsExactly(Violation.Kind.SESSION_LOST);
    }

    @Test
    void aRotationThatFoundNothingExcusesNothing() {
        script.op(Kind.ROTATE, 10, 20).none();

        assertThat(script.kinds()).containsExactly(Violation.Kind.SESSION_LOST);
    }

    @Test
    void aRotationOfUnknownFateMayHaveTakenTheIdAway() {
        script.fault(Fault.Kind.KILL, 0, 10, 20);
        script.op(Kind.ROTATE, 10, 20).unknown();
        script.op(Kind.READ, 21, 22).node(1).none();

        assertThat(script.kinds()).isEmpty();
    }

    @Test
    void whatWasNotSentExcusesNothing() {
        script.fault(Fault.Kind.KILL, 0, 10, 20);
        script.op(Kind.ROTATE, 10, 20).notSent();
        script.op(Kind.LOGOUT, 10, 20).notSent();
        script.op(Kind.READ, 21, 22).node(1).none();

        assertThat(script.kinds()).containsExactly(Violation.Kind.SESSION_LOST);
    }

    @Test
    void somebodyElsesSession() {
        script.op(Kind.READ, 10, 11).found(Found.OTHER);

        assertThat(script.kinds()).containsExactly(Violation.Kind.WRONG_SESSION);
    }

    @Test
    void badAnswers() {
        script.op(Kind.READ, 10, 11).failed(500);
        assertThat(script.kinds()).containsExactly(Violation.Kind.BAD_ANSWER);

        script.op(Kind.READ, 12, 13).failed(503);
        assertThat(script.kinds())
                .as("nothing had failed")
                .containsExactly(Violation.Kind.BAD_ANSWER, Violation.Kind.BAD_ANSWER);
    }

    @Test
    void anErrorLeavesTheCookieAlone() {
        script.fault(Fault.Kind.CUT, 0, 5, 6);
        script.op(Kind.READ, 10, 11).failed(503).told("Z");

        assertThat(script.kinds()).containsExactly(Violation.Kind.BAD_ANSWER);
    }
}
