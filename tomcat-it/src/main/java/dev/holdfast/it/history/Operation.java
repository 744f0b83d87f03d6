package dev.holdfast.it.history;

import java.util.List;
import java.util.Optional;

/**
 * One request, or one look at the row of a session, and what came of it. Times are nanoseconds of one steady clock.
 *
 * @param sent what was asked, of whom, and when
 * @param heard what was answered, and when
 * @param writes what it changed, or may have changed
 * @param seen the values that it was shown
 */
public record Operation(Sent sent, Heard heard, List<Write> writes, List<Seen> seen) {
    /** The time of what has not happened as long as anybody watched. */
    public static final long NEVER = Long.MAX_VALUE;

    /** What a request is for. */
    public enum Kind {
        /** Begins a session. */
        START,
        /** Changes values. */
        WRITE,
        /** Changes values, flushes, and goes on. */
        FLUSH,
        /** Only looks. */
        READ,
        /** Presents an id that may be dead. */
        PROBE,
        /** Changes the id, once or twice. */
        ROTATE,
        /** Ends the session. */
        LOGOUT,
        /** No request: a look at the revision of the session's row. */
        ROW
    }

    /** What the client knows of the fate of its request. */
    public enum Outcome {
        /** Answered to the end. */
        DONE,
        /** The answer began, and broke off. */
        BROKEN,
        /** An error, no answer, or a broken connection: it may have happened, or may happen yet. */
        UNKNOWN,
        /** It never left the client. */
        NOT_SENT
    }

    /** What the application found. */
    public enum Found {
        /** The session, or for a look at the row: the row. */
        SESSION,
        /** No session, or a fresh one. */
        NONE,
        /** The session, which ended meanwhile. */
        ENDED,
        /** Somebody else's session. */
        OTHER,
        /** Nothing is known. */
        UNSAID
    }

    /**
     * @param number of this operation, in the order in which they were begun
     * @param node index of the node
     * @param session label of the session
     * @param presented id in the cookie; empty if there was none
     * @param begun when it was about to be sent
     */
    public record Sent(
            int number, int client, int node, String session, Kind kind, String presented, long begun, String steps) {}

    /**
     * @param status of HTTP, or 0
     * @param answered when the first byte was there
     * @param ended when the last byte was there, or the client had given up
     * @param ids those that the application was told by its changes of the id, in their order
     * @param cookie the session id that the client was told to use from now on; empty if it was told none
     * @param loggedOut whether the application said that it had ended the session
     * @param revision of the row, for a look at it
     */
    public record Heard(
            Outcome outcome,
            int status,
            Found found,
            long answered,
            long ended,
            List<String> ids,
            String cookie,
            boolean loggedOut,
            long revision,
            String remark) {}

    /**
     * A change of one attribute, known by its number. Keys of one client begin with {@code k.} and count 1, 2, 3; keys that
     * several write begin with {@code m.} and have numbers that occur once.
     *
     * @param removes whether it leaves the attribute absent
     * @param acknowledged when the client could rely on it
     */
    public record Write(String key, long version, boolean removes, long acknowledged) {}

    /**
     * A value that was shown.
     *
     * @param version 0 for an absent attribute, {@link #MALFORMED} for what no client ever wrote
     */
    public record Seen(String key, long version, String raw) {
        /** The version of what no client ever wrote. */
        public static final long MALFORMED = -1;
    }

    public Kind kind() {
        return sent.kind();
    }

    public int node() {
        return sent.node();
    }

    public String presented() {
        return sent.presented();
    }

    public long begun() {
        return sent.begun();
    }

    public long answered() {
        return heard.answered();
    }

    public long ended() {
        return heard.ended();
    }

    public Outcome outcome() {
        return heard.outcome();
    }

    public Found found() {
        return heard.found();
    }

    /** Whether the client was shown what it asked for, if not all of it. */
    public boolean wasShown() {
        return outcome() == Outcome.DONE || outcome() == Outcome.BROKEN;
    }

    /** When it had surely no more effect. */
    public long over() {
        return switch (outcome()) {
            case DONE -> ended();
            case NOT_SENT -> begun();
            case BROKEN, UNKNOWN -> NEVER;
        };
    }

    /** The id by which the session went when the last of its changes of the id was done. */
    public Optional<String> lastId() {
        List<String> ids = heard.ids();
        return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(ids.size() - 1));
    }

    /** Whether the two may have run at the same time. */
    public boolean overlaps(Operation other) {
        return begun() < other.over() && other.begun() < over();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "#%d client %d %s node %d [%s, %s, %s] %s",
                sent.number(),
                sent.client(),
                kind(),
                node(),
                millis(begun()),
                millis(answered()),
                millis(ended()),
                outcome()));
        text.append(heard.status() == 0 ? "" : " " + heard.status());
        text.append(" found ").append(found());
        text.append(presented().isEmpty() ? "" : " cookie " + shortened(presented()));
        text.append(heard.cookie().isEmpty() ? "" : " set-cookie " + shortened(heard.cookie()));
        if (!heard.ids().isEmpty()) {
            text.append(" ids ")
                    .append(heard.ids().stream().map(Operation::shortened).toList());
        }
        text.append(heard.loggedOut() ? " logged out" : "");
        text.append(kind() == Kind.ROW ? " revision " + heard.revision() : "");
        for (Write write : writes) {
            text.append(" wrote ").append(write.key()).append(write.removes() ? " absent as " : "=");
            text.append(write.version()).append(write.acknowledged() == NEVER ? " (not acknowledged)" : "");
        }
        for (Seen value : seen) {
            text.append(" saw ").append(value.key()).append('=');
            text.append(value.version() == Seen.MALFORMED ? value.raw() : Long.toString(value.version()));
        }
        text.append(heard.remark().isEmpty() ? "" : " (" + heard.remark() + ")");
        text.append(sent.steps().isEmpty() ? "" : " <" + sent.steps() + ">");
        return text.toString();
    }

    private static String millis(long nanos) {
        return nanos == NEVER ? "-" : String.format("%.1f", nanos / 1e6);
    }

    private static String shortened(String id) {
        return id.length() > 6 ? id.substring(0, 6) : id;
    }
}
