package dev.holdfast.it.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.history.Operation.Kind;
import dev.holdfast.it.history.Operation.Seen;
import org.junit.jupiter.api.Test;

/** What the checker says of values: lost, stale, torn, made up, and fine. */
final class CheckerValuesTest {
    private static final String NUMBER = "k.1.INCREMENT.0";
    private static final String TEXT = "k.1.SET.0";
    private static final String FLAG = "k.1.FLAG.0";

    private final Script script = new Script();

    @Test
    void allIsWell() {
        script.op(Kind.WRITE, 10, 20).wrote(NUMBER, 1);
        script.op(Kind.READ, 12, 14).node(1).saw(NUMBER, 0);
        script.op(Kind.READ, 15, 18).saw(NUMBER, 1);
        script.op(Kind.WRITE, 30, 40).node(1).wrote(NUMBER, 2);
        script.op(Kind.READ, 41, 42).saw(NUMBER, 2);

        assertThat(script.kinds()).isEmpty();
    }

    @Test
    void anAcknowledgedChangeIsGone() {
        script.op(Kind.WRITE, 10, 20).wrote(NUMBER, 1);
        script.op(Kind.WRITE, 21, 30).wrote(NUMBER, 2);
        script.op(Kind.READ, 31, 32).node(1).saw(NUMBER, 1);

        assertThat(script.kinds()).containsExactly(Violation.Kind.LOST_UPDATE);
        assertThat(script.violations().get(0).evidence())
                .extracting(o -> o.sent().number())
                .containsExactly(2, 3);
    }

    @Test
    void anAcknowledgedChangeIsLate() {
        script.op(Kind.WRITE, 10, 20).wrote(NUMBER, 1);
        script.op(Kind.READ, 21, 22).node(1).saw(NUMBER, 0);
        script.op(Kind.READ, 30, 31).node(1).saw(NUMBER, 1);

        assertThat(script.kinds()).containsExactly(Violation.Kind.STALE_READ);
    }

    @Test
    void aChangeMadeOnTopShowsThatItWasLateAndNotLost() {
        script.op(Kind.WRITE, 10, 20).wrote(NUMBER, 1);
        script.op(Kind.READ, 21, 22).node(1).saw(NUMBER, 0);
        script.op(Kind.WRITE, 30, 40).wrote(NUMBER, 2);

        assertThat(script.kinds()).containsExactly(Violation.Kind.STALE_READ);
    }

    @Test
    void aTextSetAnewDoesNotShowThatTheOneBeforeWasEverThere() {
        script.op(Kind.WRITE, 10, 20).wrote(TEXT, 1);
        script.op(Kind.READ, 21, 22).node(1).saw(TEXT, 0);
        script.op(Kind.WRITE, 30, 40).wrote(TEXT, 2);
        script.op(Kind.READ, 41, 42).saw(TEXT, 2);

        assertThat(script.kinds()).containsExactly(Violation.Kind.LOST_UPDATE);
    }

    @Test
    void theFirstByteIsThePromise() {
        script.op(Kind.FLUSH, 10, 60).firstByteAt(20).wrote(NUMBER, 1);
        script.op(Kind.READ, 21, 22).node(1).saw(NUMBER, 0);
        script.op(Kind.READ, 61, 62).node(1).saw(NUMBER, 1);

        assertThat(script.kinds()).containsExactly(Violation.Kind.STALE_READ);
    }

    @Test
    void whatIsChangedAfterTheFirstByteIsPromisedAtTheEnd() {
        script.op(Kind.FLUSH, 10, 60).firstByteAt(20).wroteAtTheEnd(NUMBER, 1);
        script.op(Kind.READ, 21, 22).node(1).saw(NUMBER, 0);
        assertThat(script.kinds()).isEmpty();

        script.op(Kind.READ, 61, 62).node(1).saw(NUMBER, 0);
        assertThat(script.kinds()).containsExactly(Violation.Kind.LOST_UPDATE);
    }

    @Test
    void anAnswerThatBreaksOffPromisesOnlyWhatCameBeforeIt() {
        script.fault(Fault.Kind.KILL, 0, 30, 40);
        script.op(Kind.FLUSH, 10, 60).firstByteAt(20).broken().wrote(NUMBER, 1).wroteAtTheEnd(NUMBER, 2);
        script.op(Kind.READ, 61, 62).node(1).saw(NUMBER, 1);
        assertThat(script.kinds()).isEmpty();

        script.op(Kind.READ, 63, 64).node(1).saw(NUMBER, 0);
        assertThat(script.kinds()).containsExactly(Violation.Kind.LOST_UPDATE);
    }

    @Test
    void aChangeOfUnknownFateMayShowOrNotEvenLate() {
        script.fault(Fault.Kind.FREEZE, 0, 5, 100);
        script.op(Kind.WRITE, 10, 20).wrote(NUMBER, 1).unknown();
        script.op(Kind.READ, 21, 22).node(1).saw(NUMBER, 0);
        script.op(Kind.READ, 5_000, 5_001).node(1).saw(NUMBER, 1);

        assertThat(script.kinds()).isEmpty();
    }

    @Test
    void whatWasShownIsNotTakenBack() {
        script.fault(Fault.Kind.KILL, 0, 15, 20);
        script.op(Kind.WRITE, 10, 20).wrote(NUMBER, 1).unknown();
        script.op(Kind.READ, 21, 22).node(1).saw(NUMBER, 1);
        script.op(Kind.READ, 23, 24).node(1).saw(NUMBER, 0);

        assertThat(script.kinds()).containsExactly(Violation.Kind.LOST_UPDATE);
    }

    @Test
    void valuesThatNobodyWrote() {
        script.op(Kind.WRITE, 10, 20).wrote(NUMBER, 1);
        script.op(Kind.READ, 21, 22).saw(NUMBER, 2);
        script.op(Kind.READ, 23, 24).saw(TEXT, Seen.MALFORMED);

        assertThat(script.kinds()).containsExactly(Violation.Kind.UNWRITTEN_VALUE, Violation.Kind.UNWRITTEN_VALUE);
    }

    @Test
    void aValueBeforeItIsWritten() {
        script.op(Kind.READ, 5, 6).saw(NUMBER, 1);
        script.op(Kind.WRITE, 10, 20).wrote(NUMBER, 1);

        assertThat(script.kinds()).containsExactly(Violation.Kind.UNWRITTEN_VALUE);
    }

    @Test
    void aRemovedAttributeIsAbsent() {
        script.op(Kind.WRITE, 10, 20).wrote(FLAG, 1);
        script.op(Kind.WRITE, 21, 30).removed(FLAG, 2);
        script.op(Kind.READ, 31, 32).saw(FLAG, 0);
        assertThat(script.kinds()).isEmpty();

        script.op(Kind.READ, 33, 34).node(1).saw(FLAG, 1);
        assertThat(script.kinds()).containsExactly(Violation.Kind.LOST_UPDATE);
    }

    @Test
    void listsAreReadAsWhatTheyPromise() {
        assertThat(Reading.value("k.1.APPEND.0", "[1,2,3]").version()).isEqualTo(3);
        assertThat(Reading.value("k.1.APPEND.0", "[1,3]").version()).isEqualTo(Seen.MALFORMED);
        assertThat(Reading.value("k.1.APPEND.0", "[1,2,2]").version()).isEqualTo(Seen.MALFORMED);
        assertThat(Reading.value("k.1.APPEND.0", "[2,1]").version()).isEqualTo(Seen.MALFORMED);
        assertThat(Reading.value("k.1.LARGE.0", "damaged-v3").version()).isEqualTo(Seen.MALFORMED);
        assertThat(Reading.value("k.1.SET.0", "-").version()).isZero();
    }

    @Test
    void aPairIsTorn() {
        script.op(Kind.WRITE, 10, 20).node(0).wrote("m.a", 1).wrote("m.b", 1);
        script.op(Kind.WRITE, 15, 25).node(1).wrote("m.a", 2).wrote("m.b", 2);
        script.op(Kind.READ, 30, 31).saw("m.a", 1).saw("m.b", 2);

        assertThat(script.kinds()).containsExactly(Violation.Kind.TORN_SESSION);
    }

    @Test
    void aPairWhoseWritersShareANodeMayBeSeenHalfDone() {
        script.op(Kind.WRITE, 10, 20).wrote("m.a", 1).wrote("m.b", 1);
        script.op(Kind.WRITE, 15, 25).wrote("m.a", 2).wrote("m.b", 2);
        script.op(Kind.READ, 18, 19).node(1).saw("m.a", 2).saw("m.b", 1);

        assertThat(script.kinds()).isEmpty();
    }

    @Test
    void ofTwoAtTheSameTimeEitherMayWin() {
        script.op(Kind.WRITE, 10, 20).node(0).wrote("m.a", 1).wrote("m.b", 1);
        script.op(Kind.WRITE, 15, 25).node(1).wrote("m.a", 2).wrote("m.b", 2);
        script.op(Kind.READ, 30, 31).saw("m.a", 1).saw("m.b", 1);

        assertThat(script.kinds()).isEmpty();
    }

    @Test
    void whatWasOverwrittenComesBack() {
        script.op(Kind.WRITE, 10, 20).node(0).wrote("m.a", 1).wrote("m.b", 1);
        script.op(Kind.WRITE, 21, 25).node(1).wrote("m.a", 2).wrote("m.b", 2);
        script.op(Kind.READ, 30, 31).saw("m.a", 1).saw("m.b", 1);
        assertThat(script.kinds()).containsExactly(Violation.Kind.LOST_UPDATE);

        script.op(Kind.READ, 40, 41).saw("m.a", 2).saw("m.b", 2);
        assertThat(script.kinds()).containsExactly(Violation.Kind.STALE_READ);
    }

    @Test
    void aReaderWrote() {
        script.op(Kind.ROW, 10, 11).revision(5);
        script.op(Kind.READ, 12, 13).node(1);
        script.op(Kind.ROW, 14, 15).revision(6);

        assertThat(script.kinds()).containsExactly(Violation.Kind.READER_WROTE);
    }

    @Test
    void aRowMayChangeWhereSomebodyWrites() {
        script.fault(Fault.Kind.STALL, 0, 1, 20);
        script.op(Kind.WRITE, 2, 9).unknown();
        script.op(Kind.ROW, 10, 11).revision(5);
        script.op(Kind.READ, 12, 13).node(1);
        script.op(Kind.ROW, 14, 15).revision(6);

        assertThat(script.kinds()).isEmpty();
    }
}
