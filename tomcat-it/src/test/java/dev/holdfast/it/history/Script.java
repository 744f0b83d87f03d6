package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Found;
import dev.holdfast.it.history.Operation.Heard;
import dev.holdfast.it.history.Operation.Kind;
import dev.holdfast.it.history.Operation.Outcome;
import dev.holdfast.it.history.Operation.Seen;
import dev.holdfast.it.history.Operation.Sent;
import dev.holdfast.it.history.Operation.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A history of one session, written by hand, with times in milliseconds. It begins with a request that gave it the id A. */
final class Script {
    private static final long MILLI = 1_000_000L;
    private static final String SESSION = "s";

    private final List<Draft> drafts = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<SessionEvent> events = new ArrayList<>();
    private int timeoutSeconds;

    Script() {
        op(Kind.START, 0, 1).cookie("").told("A");
    }

    /** A request from here to there, with cookie A to node 0, answered in full. */
    Draft op(Kind kind, long begun, long ended) {
        Draft draft = new Draft(drafts.size(), kind, begun * MILLI, ended * MILLI);
        drafts.add(draft);
        return draft;
    }

    Script fault(Fault.Kind kind, int node, long begun, long ended) {
        faults.add(new Fault(kind, node, begun * MILLI, ended * MILLI));
        return this;
    }

    Script event(String name, int node, long at) {
        events.add(new SessionEvent(SESSION, name, node, at * MILLI));
        return this;
    }

    /** Both events of an end. */
    Script farewell(int node, long at) {
        return event("destroyed", node, at).event("unbound", node, at);
    }

    Script timeout(int seconds) {
        timeoutSeconds = seconds;
        return this;
    }

    List<Violation> violations() {
        return Checker.check(new History(
                drafts.stream().map(Draft::operation).toList(),
                faults,
                events,
                timeoutSeconds == 0 ? Map.of() : Map.of(SESSION, timeoutSeconds),
                true));
    }

    List<Violation.Kind> kinds() {
        return violations().stream().map(Violation::kind).toList();
    }

    /** An operation that can still be made another one. */
    static final class Draft {
        private final int number;
        private final Kind kind;
        private final long begun;
        private final long ended;
        private final List<Write> writes = new ArrayList<>();
        private final List<Seen> seen = new ArrayList<>();
        private List<String> ids = List.of();
        private long answered;
        private int node;
        private String cookie = "A";
        private String told = "";
        private Outcome outcome = Outcome.DONE;
        private int status = 200;
        private Found found = Found.SESSION;
        private boolean loggedOut;
        private long revision;

        private Draft(int number, Kind kind, long begun, long ended) {
            this.number = number;
            this.kind = kind;
            this.begun = begun;
            this.ended = ended;
            this.answered = ended;
        }

        Draft node(int newNode) {
            node = newNode;
            return this;
        }

        Draft cookie(String id) {
            cookie = id;
            return this;
        }

        /** The cookie that the client is to use from now on. */
        Draft told(String id) {
            told = id;
            return this;
        }

        /** The ids that the application was given, one after the other; the client is told the last. */
        Draft rotatedTo(String... newIds) {
            ids = List.of(newIds);
            told = newIds[newIds.length - 1];
            return this;
        }

        Draft wrote(String key, long version) {
            writes.add(new Write(key, version, false, answered));
            return this;
        }

        Draft removed(String key, long version) {
            writes.add(new Write(key, version, true, answered));
            return this;
        }

        /** Written after the answer had begun: relied on only at its end. */
        Draft wroteAtTheEnd(String key, long version) {
            writes.add(new Write(key, version, false, outcome == Outcome.DONE ? ended : Operation.NEVER));
            return this;
        }

        Draft saw(String key, long version) {
            seen.add(new Seen(key, version, ""));
            return this;
        }

        Draft firstByteAt(long time) {
            answered = time * MILLI;
            return this;
        }

        /** The answer began and broke off. */
        Draft broken() {
            outcome = Outcome.BROKEN;
            return this;
        }

        /** Nobody knows what became of it. */
        Draft unknown() {
            return failed(0);
        }

        Draft failed(int newStatus) {
            outcome = Outcome.UNKNOWN;
            status = newStatus;
            found = Found.UNSAID;
            writes.replaceAll(w -> new Write(w.key(), w.version(), w.removes(), Operation.NEVER));
            return this;
        }

        Draft notSent() {
            outcome = Outcome.NOT_SENT;
            found = Found.UNSAID;
            return this;
        }

        Draft found(Found newFound) {
            found = newFound;
            return this;
        }

        Draft none() {
            return found(Found.NONE);
        }

        Draft loggedOut() {
            loggedOut = true;
            return this;
        }

        Draft revision(long newRevision) {
            revision = newRevision;
            return this;
        }

        private Operation operation() {
            return new Operation(
                    new Sent(number, number, node, SESSION, kind, cookie, begun, ""),
                    new Heard(outcome, status, found, answered, ended, ids, told, loggedOut, revision, ""),
                    writes,
                    seen);
        }
    }
}
