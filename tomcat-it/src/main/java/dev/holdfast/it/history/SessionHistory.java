package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Found;
import dev.holdfast.it.history.Operation.Kind;
import dev.holdfast.it.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one session.
 *
 * @param operations in the order in which they were begun
 * @param faults of the whole run
 * @param timeoutSeconds 0 for a session that does not expire within the run
 * @param complete whether the events are all there that ever come
 */
record SessionHistory(
        String label,
        List<Operation> operations,
        List<Fault> faults,
        List<SessionEvent> events,
        int timeoutSeconds,
        boolean complete) {

    /** All sessions whose beginning was acknowledged: nobody has a claim on the others. */
    static List<SessionHistory> of(History history) {
        Map<String, List<Operation>> operations = new LinkedHashMap<>();
        history.operations().stream()
                .sorted(Comparator.comparingLong(Operation::begun))
                .forEach(operation -> operations
                        .computeIfAbsent(operation.sent().session(), label -> new ArrayList<>())
                        .add(operation));
        List<SessionHistory> sessions = new ArrayList<>();
        operations.forEach((label, own) -> {
            SessionHistory session = new SessionHistory(
                    label,
                    own,
                    history.faults(),
                    history.events().stream()
                            .filter(event -> event.session().equals(label))
                            .sorted(Comparator.comparingLong(SessionEvent::at))
                            .toList(),
                    history.timeouts().getOrDefault(label, 0),
                    history.complete());
            if (session.start().isPresent()) {
                sessions.add(session);
            }
        });
        return sessions;
    }

    /** The request that began the session, if it was answered to the end. */
    Optional<Operation> start() {
        return operations.stream()
                .filter(o -> o.kind() == Kind.START && o.outcome() == Outcome.DONE)
                .findFirst();
    }

    /** Requests, without the looks at the row. */
    List<Operation> requests() {
        return operations.stream().filter(o -> o.kind() != Kind.ROW).toList();
    }

    /** The log-outs that have happened or may have: not those that found nothing to end. */
    List<Operation> logouts() {
        return operations.stream()
                .filter(o -> o.kind() == Kind.LOGOUT && mayHaveWorked(o))
                .toList();
    }

    /** The changes of the id that have happened or may have. */
    List<Operation> rotations() {
        return operations.stream()
                .filter(o -> o.kind() == Kind.ROTATE && mayHaveWorked(o))
                .toList();
    }

    private static boolean mayHaveWorked(Operation operation) {
        return operation.outcome() != Outcome.NOT_SENT
                && !(operation.outcome() == Outcome.DONE && operation.found() == Found.NONE);
    }

    /** A log-out that the application confirmed. */
    static boolean isLogout(Operation operation) {
        return operation.heard().loggedOut() && operation.wasShown();
    }

    /** Whether the operation showed that the session was there when it began. */
    static boolean showsAlive(Operation operation) {
        return operation.kind() != Kind.ROW && operation.wasShown() && operation.found() == Found.SESSION;
    }

    /** Whether the operation was told that there is no session. */
    static boolean showsDead(Operation operation) {
        return operation.kind() != Kind.ROW && operation.wasShown() && operation.found() == Found.NONE;
    }

    Violation violation(Violation.Kind kind, String what, Operation... evidence) {
        return new Violation(kind, label, what, List.of(evidence));
    }
}
