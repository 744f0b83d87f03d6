package dev.holdfast.it.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.history.Operation.Kind;
import org.junit.jupiter.api.Test;

/** What the checker says of time-outs, and of what the listeners were told. */
final class CheckerEndingsTest {
    private static final Violation.Kind[] BOTH_NEVER = {Violation.Kind.EVENT_NEVER, Violation.Kind.EVENT_NEVER};

    private final Script script = new Script();

    @Test
    void expiredInTime() {
        script.timeout(3);
        script.op(Kind.READ, 1_000, 1_010);
        script.op(Kind.READ, 4_500, 4_510).node(1).none();
        script.farewell(1, 5_000);

        assertThat(script.violations()).isEmpty();
    }

    @Test
    void expiredTooEarly() {
        script.timeout(3);
        script.op(Kind.READ, 1_000, 1_010);
        script.op(Kind.READ, 3_500, 3_510).node(1).none();
        script.farewell(1, 3_400);

        assertThat(script.kinds()).containsExactly(Violation.Kind.EARLY_EXPIRY);
    }

    @Test
    void aliveForTooLong() {
        script.timeout(3);
        script.op(Kind.READ, 1_000, 1_010);
        script.op(Kind.READ, 4_700, 4_710).node(1);
        assertThat(script.kinds()).as("the interval and the clocks").isEmpty();

        script.op(Kind.READ, 9_500, 9_510).node(1);
        assertThat(script.kinds()).containsExactly(Violation.Kind.LATE_EXPIRY);
    }

    @Test
    void aRequestThatMayStillRunKeepsItAlive() {
        script.timeout(3).fault(Fault.Kind.FREEZE, 0, 1_000, 9_000);
        script.op(Kind.READ, 1_000, 1_010).unknown();
        script.op(Kind.READ, 9_500, 9_510).node(1);

        assertThat(script.kinds()).isEmpty();
    }

    @Test
    void toldTwice() {
        script.op(Kind.LOGOUT, 10, 20).loggedOut();
        script.farewell(0, 19).event("destroyed", 1, 900);

        assertThat(script.kinds()).containsExactly(Violation.Kind.EVENT_TWICE);
    }

    @Test
    void toldTwiceAfterACrash() {
        script.timeout(3);
        script.farewell(0, 5_000).fault(Fault.Kind.KILL, 0, 5_100, 9_000).farewell(1, 10_000);

        assertThat(script.kinds()).isEmpty();
    }

    @Test
    void aCrashOfAnotherNodeExplainsNothing() {
        script.timeout(3);
        script.farewell(0, 5_000).fault(Fault.Kind.KILL, 1, 5_100, 9_000).farewell(1, 10_000);

        assertThat(script.kinds()).containsExactly(Violation.Kind.EVENT_TWICE, Violation.Kind.EVENT_TWICE);
    }

    @Test
    void aLogoutThatLostTheAnswerOfTheDatabaseMayTellOfAnEndThatWasAnothers() {
        script.op(Kind.LOGOUT, 10, 20).loggedOut();
        script.op(Kind.LOGOUT, 11, 40).node(1).loggedOut();
        script.farewell(0, 19).fault(Fault.Kind.CUT, 1, 12, 14).farewell(1, 39);

        assertThat(script.kinds()).isEmpty();
    }

    @Test
    void thatExplainsNoThirdTelling() {
        script.op(Kind.LOGOUT, 10, 20).loggedOut();
        script.op(Kind.LOGOUT, 11, 40).node(1).loggedOut();
        script.farewell(0, 19).fault(Fault.Kind.CUT, 1, 12, 14).farewell(1, 39).event("destroyed", 0, 900);

        assertThat(script.kinds()).containsExactly(Violation.Kind.EVENT_TWICE);
    }

    @Test
    void aLostAnswerExplainsNothingWhereNobodyWasLoggingOut() {
        script.op(Kind.LOGOUT, 10, 20).loggedOut();
        script.op(Kind.READ, 11, 40).node(1);
        script.farewell(0, 19).fault(Fault.Kind.CUT, 1, 12, 14).farewell(1, 39);

        assertThat(script.kinds()).contains(Violation.Kind.EVENT_TWICE);
    }

    @Test
    void aLostAnswerExplainsNothingAfterTheLogoutsEnd() {
        script.op(Kind.LOGOUT, 10, 20).loggedOut();
        script.op(Kind.LOGOUT, 11, 40).node(1).loggedOut();
        script.farewell(0, 19).fault(Fault.Kind.CUT, 1, 30_000, 30_010).farewell(1, 30_020);

        assertThat(script.kinds()).contains(Violation.Kind.EVENT_TWICE);
    }

    @Test
    void neverToldOfALogout() {
        script.op(Kind.LOGOUT, 10, 20).loggedOut();

        assertThat(script.kinds()).containsExactly(BOTH_NEVER);
    }

    @Test
    void oneOfTheListenersWasNotTold() {
        script.op(Kind.LOGOUT, 10, 20).loggedOut();
        script.event("destroyed", 0, 19);

        assertThat(script.kinds()).containsExactly(Violation.Kind.EVENT_NEVER);
    }

    @Test
    void aLogoutThatDiedMayHaveBeenTheOneThatEndedIt() {
        script.fault(Fault.Kind.KILL, 1, 10, 20);
        script.op(Kind.LOGOUT, 10, 20).node(1).unknown();
        script.op(Kind.LOGOUT, 10, 21).loggedOut();

        assertThat(script.kinds()).isEmpty();
    }

    @Test
    void neverToldOfAnExpiryWhoseRowIsGone() {
        script.timeout(3).fault(Fault.Kind.KILL, 0, 3_000, 9_000);
        script.op(Kind.ROW, 40_000, 40_001).none();

        assertThat(script.kinds()).containsExactly(BOTH_NEVER);
    }

    @Test
    void aRowThatIsStillThereMayBeTheClaimOfADeadNode() {
        script.timeout(3).fault(Fault.Kind.KILL, 0, 3_000, 9_000);
        script.op(Kind.ROW, 40_000, 40_001).revision(5);

        assertThat(script.kinds()).isEmpty();
    }

    @Test
    void toldOfTheEndOfASessionThatLivesOn() {
        script.farewell(0, 100);
        script.op(Kind.READ, 1_000, 1_001);

        assertThat(script.kinds()).containsExactly(Violation.Kind.EVENT_FOR_LIVING, Violation.Kind.EVENT_FOR_LIVING);
    }
}
