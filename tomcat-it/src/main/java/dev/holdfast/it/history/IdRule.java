package dev.holdfast.it.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which ids of a session resolve, and when. An id dies with a log-out, a change of the id, or the time-out, and stays dead;
 * as long as none of these has happened, or may have, it resolves.
 */
final class IdRule implements Checker.Rule {
    @Override
    public void check(SessionHistory session, List<Violation> found) {
        new Ids(session, found).check();
    }

    private static final class Ids {
        private final SessionHistory session;
        private final List<Violation> found;
        private final Lineage lineage;
        private final Set<String> reported = new HashSet<>();

        Ids(SessionHistory session, List<Violation> found) {
            this.session = session;
            this.found = found;
            this.lineage = new Lineage(session);
        }

        void check() {
            for (Operation operation : session.requests()) {
                if (SessionHistory.showsAlive(operation)
                        && !operation.presented().isEmpty()) {
                    alive(operation);
                } else if (SessionHistory.showsDead(operation)) {
                    dead(operation);
                }
            }
            twoAlive();
        }

        private void alive(Operation operation) {
            Optional<Operation> logout = session.requests().stream()
                    .filter(SessionHistory::isLogout)
                    .filter(o -> o.answered() < operation.begun())
                    .findFirst();
            if (logout.isPresent()) {
                report(
                        operation.presented(),
                        Violation.Kind.ALIVE_AFTER_LOGOUT,
                        "a log-out had been acknowledged",
                        logout.get(),
                        operation);
                return;
            }
            Optional<Operation> end = lineage.endOf(operation.presented())
                    .filter(o -> lineage.deadSince(operation.presented()) < operation.begun());
            if (end.isPresent()) {
                report(
                        operation.presented(),
                        Violation.Kind.ALIVE_AFTER_ROTATION,
                        "the session had got another id",
                        end.get(),
                        operation);
                return;
            }
            session.requests().stream()
                    .filter(o -> SessionHistory.showsDead(o)
                            && o.presented().equals(operation.presented())
                            && o.ended() < operation.begun()
                            && Lineage.excuse(session, lineage, o).isPresent())
                    .findFirst()
                    .ifPresent(o -> report(
                            operation.presented(), Violation.Kind.RESURRECTED, "the id had been dead", o, operation));
        }

        private void dead(Operation operation) {
            if (Lineage.excuse(session, lineage, operation).isPresent()) {
                lastCookie(operation);
                return;
            }
            boolean expires = session.timeoutSeconds() > 0;
            if (!expires) {
                report(
                        operation.presented(),
                        Violation.Kind.SESSION_LOST,
                        "there was no session, and nothing had ended it",
                        operation);
            }
        }

        /** The client does as it was told last, and finds nothing, although the session lives on under another id. */
        private void lastCookie(Operation operation) {
            Optional<Operation> teller = session.requests().stream()
                    .filter(o -> !o.heard().cookie().isEmpty() && o.answered() < operation.begun())
                    .reduce((one, other) -> one.answered() > other.answered() ? one : other);
            if (teller.isEmpty()
                    || !teller.get().heard().cookie().equals(operation.presented())
                    || session.rotations().stream()
                            .anyMatch(o -> o != teller.get()
                                    && o.over() > teller.get().begun()
                                    && o.begun() < operation.ended())) {
                return;
            }
            session.requests().stream()
                    .filter(o -> SessionHistory.showsAlive(o)
                            && o.begun() > operation.ended()
                            && !o.presented().isEmpty()
                            && !o.presented().equals(operation.presented()))
                    .findFirst()
                    .ifPresent(o -> report(
                            operation.presented(),
                            Violation.Kind.LAST_COOKIE_DEAD,
                            "the client was told to use a dead id, though another one was alive",
                            teller.get(),
                            operation,
                            o));
        }

        /** Neither of the two is known to have followed the other, and each was alive while the other was. */
        private void twoAlive() {
            Map<String, Operation> first = new HashMap<>();
            Map<String, Operation> last = new HashMap<>();
            for (Operation operation : session.requests()) {
                if (SessionHistory.showsAlive(operation)
                        && !operation.presented().isEmpty()) {
                    first.merge(operation.presented(), operation, (a, b) -> a.ended() <= b.ended() ? a : b);
                    last.merge(operation.presented(), operation, (a, b) -> a.begun() >= b.begun() ? a : b);
                }
            }
            for (String one : first.keySet()) {
                for (String other : first.keySet()) {
                    if (one.compareTo(other) < 0
                            && !reported.contains(one)
                            && !reported.contains(other)
                            && first.get(one).ended() < last.get(other).begun()
                            && first.get(other).ended() < last.get(one).begun()) {
                        report(
                                one,
                                Violation.Kind.TWO_IDS_ALIVE,
                                "two ids resolved at the same time",
                                first.get(one),
                                first.get(other),
                                last.get(one),
                                last.get(other));
                    }
                }
            }
        }

        private void report(String id, Violation.Kind kind, String what, Operation... evidence) {
            if (reported.add(id)) {
                found.add(session.violation(kind, what, evidence));
            }
        }
    }
}
