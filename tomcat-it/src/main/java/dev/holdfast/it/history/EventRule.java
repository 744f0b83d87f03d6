package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Found;
import dev.holdfast.it.history.Operation.Kind;
import dev.holdfast.it.history.Operation.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * The listeners are told once of the end of each session. A node that dies, or loses the database, between telling them and
 * deleting the row leaves it to others to tell them again; one that dies between the deletion that a log-out makes and the
 * telling tells nobody. A log-out that finds the row gone, after the answer to its first attempt was lost, takes that for its own
 * doing, though it may have been another's.
 */
final class EventRule implements Checker.Rule {
    private static final List<String> NAMES = List.of("destroyed", "unbound");
    /** What the clocks of two processes, and the writing of the event, may differ by. */
    private static final long CLOCKS_NANOS = 200_000_000L;
    /** How long a node may take from a claim to the deletion. */
    private static final long FAREWELL_NANOS = 5_000_000_000L;

    @Override
    public void check(SessionHistory session, List<Violation> found) {
        for (String name : NAMES) {
            List<SessionEvent> events = session.events().stream()
                    .filter(event -> event.name().equals(name))
                    .toList();
            twice(session, name, events, found);
            livedOn(session, name, events, found);
            if (events.isEmpty()) {
                never(session, name, found);
            }
        }
    }

    private static void twice(SessionHistory session, String name, List<SessionEvent> all, List<Violation> found) {
        List<SessionEvent> events =
                all.stream().filter(event -> !lostTheAnswer(session, event)).toList();
        for (int i = 1; i < events.size(); i++) {
            SessionEvent before = events.get(i - 1);
            SessionEvent after = events.get(i);
            boolean excused = session.faults().stream()
                    .anyMatch(fault ->
                            fault.concerned(before.node(), before.at() - FAREWELL_NANOS, after.at() + CLOCKS_NANOS));
            if (!excused) {
                found.add(session.violation(
                        Violation.Kind.EVENT_TWICE, name + " twice, and nothing had failed: " + before + ", " + after));
                return;
            }
        }
    }

    /** Whether a log-out that told this may have lost the database's first answer. */
    private static boolean lostTheAnswer(SessionHistory session, SessionEvent told) {
        return session.logouts().stream()
                .filter(logout -> mayHaveTold(logout, told))
                .anyMatch(logout -> session.faults().stream()
                        .anyMatch(fault -> fault.kind() != Fault.Kind.KILL
                                && fault.concerned(told.node(), logout.begun(), told.at() + CLOCKS_NANOS)));
    }

    /** One of which the client knows nothing may still be running. */
    private static boolean mayHaveTold(Operation logout, SessionEvent told) {
        boolean over = logout.outcome() == Outcome.DONE
                && (!logout.heard().loggedOut() || logout.heard().ended() + CLOCKS_NANOS < told.at());
        return logout.node() == told.node() && logout.begun() <= told.at() + CLOCKS_NANOS && !over;
    }

    private static void livedOn(SessionHistory session, String name, List<SessionEvent> events, List<Violation> found) {
        for (SessionEvent event : events) {
            Optional<Operation> alive = session.requests().stream()
                    .filter(o -> SessionHistory.showsAlive(o) && o.begun() > event.at() + CLOCKS_NANOS)
                    .findFirst();
            boolean loggedOut = session.requests().stream().anyMatch(SessionHistory::isLogout);
            if (alive.isPresent() && !loggedOut) {
                found.add(session.violation(
                        Violation.Kind.EVENT_FOR_LIVING, name + " though it lived on: " + event, alive.get()));
                return;
            }
        }
    }

    private static void never(SessionHistory session, String name, List<Violation> found) {
        List<Operation> logouts = session.logouts();
        Optional<Operation> logout =
                logouts.stream().filter(SessionHistory::isLogout).findFirst();
        boolean certain = logouts.stream().allMatch(o -> o.outcome() == Outcome.DONE);
        if (!certain) {
            return;
        }
        if (logout.isPresent()) {
            found.add(session.violation(Violation.Kind.EVENT_NEVER, name + " was not told of a log-out", logout.get()));
        } else if (session.timeoutSeconds() > 0) {
            session.operations().stream()
                    .filter(o -> o.kind() == Kind.ROW && o.outcome() == Outcome.DONE)
                    .reduce((first, second) -> second)
                    .filter(row -> row.found() == Found.NONE
                            || (!session.complete() && session.faults().isEmpty()))
                    .ifPresent(row -> found.add(
                            session.violation(Violation.Kind.EVENT_NEVER, name + " was not told of an expiry", row)));
        }
    }
}
