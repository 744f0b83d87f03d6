package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Found;
import dev.holdfast.it.history.Operation.Kind;
import dev.holdfast.it.history.Operation.Outcome;
import java.util.List;

/** Errors must have a cause, be honest ones, and leave the cookie alone. */
final class AnswerRule implements Checker.Rule {
    private static final int UNAVAILABLE = 503;
    /** How long after a fault a node may need to be itself again: a pool has to find out, a connection has to time out. */
    private static final long RECOVERY_NANOS = 10_000_000_000L;

    @Override
    public void check(SessionHistory session, List<Violation> found) {
        for (Operation operation : session.requests()) {
            int status = operation.heard().status();
            if (operation.found() == Found.OTHER) {
                found.add(session.violation(
                        Violation.Kind.WRONG_SESSION, "the cookie led to another session", operation));
            } else if (status >= 400 && status != UNAVAILABLE) {
                found.add(session.violation(
                        Violation.Kind.BAD_ANSWER, "status " + status + " is no answer to a failure", operation));
            } else if (status == UNAVAILABLE
                    && operation.kind() != Kind.ROTATE
                    && !operation.heard().cookie().isEmpty()) {
                found.add(session.violation(
                        Violation.Kind.BAD_ANSWER, "an error that changes the client's cookie", operation));
            } else if (operation.outcome() != Outcome.DONE && !isExplained(session, operation)) {
                found.add(session.violation(Violation.Kind.BAD_ANSWER, "no fault explains this failure", operation));
            }
        }
    }

    private static boolean isExplained(SessionHistory session, Operation operation) {
        return session.faults().stream()
                .anyMatch(fault ->
                        fault.concerned(operation.node(), operation.begun() - RECOVERY_NANOS, operation.ended()));
    }
}
