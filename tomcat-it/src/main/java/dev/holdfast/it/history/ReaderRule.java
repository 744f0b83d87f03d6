package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Found;
import dev.holdfast.it.history.Operation.Kind;
import dev.holdfast.it.history.Operation.Outcome;
import java.util.List;

/** Between two looks at a row all requests were reads, and yet it was written. */
final class ReaderRule implements Checker.Rule {
    @Override
    public void check(SessionHistory session, List<Violation> found) {
        List<Operation> looks = session.operations().stream()
                .filter(o -> o.kind() == Kind.ROW && o.outcome() == Outcome.DONE && o.found() == Found.SESSION)
                .toList();
        for (int i = 1; i < looks.size(); i++) {
            Operation before = looks.get(i - 1);
            Operation after = looks.get(i);
            if (before.presented().equals(after.presented())
                    && before.heard().revision() != after.heard().revision()
                    && session.requests().stream().noneMatch(o -> mayHaveWritten(o, before, after))) {
                found.add(session.violation(
                        Violation.Kind.READER_WROTE, "all requests between two looks only read", before, after));
                return;
            }
        }
    }

    private static boolean mayHaveWritten(Operation operation, Operation before, Operation after) {
        return operation.kind() != Kind.READ
                && operation.kind() != Kind.PROBE
                && operation.begun() < Math.max(before.ended(), after.ended())
                && operation.over() > before.begun();
    }
}
