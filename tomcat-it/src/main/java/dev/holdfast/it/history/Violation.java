package dev.holdfast.it.history;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A law that was broken, and what shows it.
 *
 * @param session label of the session
 * @param what the sentence for people
 * @param evidence the operations that contradict one another, in the order of the argument
 */
public record Violation(Kind kind, String session, String what, List<Operation> evidence) {
    /** What can be wrong. */
    public enum Kind {
        /** An acknowledged change is gone. */
        LOST_UPDATE,
        /** A read that began after an acknowledged change did not show it, though it was not lost. */
        STALE_READ,
        /** A value that nobody has written. */
        UNWRITTEN_VALUE,
        /** Values that one request wrote together were seen apart. */
        TORN_SESSION,
        /** A session was found after a logout that was acknowledged. */
        ALIVE_AFTER_LOGOUT,
        /** An id resolved after the session had got another. */
        ALIVE_AFTER_ROTATION,
        /** Two ids of one session resolved at the same time. */
        TWO_IDS_ALIVE,
        /** The id that the client was told last does not resolve, though another one does. */
        LAST_COOKIE_DEAD,
        /** There was no session, and nothing had ended it. */
        SESSION_LOST,
        /** An id resolved that had been dead. */
        RESURRECTED,
        /** Another session than the cookie's. */
        WRONG_SESSION,
        /** A session ended though it had been in use within its time-out. */
        EARLY_EXPIRY,
        /** A session was found long after its time-out. */
        LATE_EXPIRY,
        /** The listeners were told twice of one end. */
        EVENT_TWICE,
        /** The listeners were never told of an end. */
        EVENT_NEVER,
        /** The listeners were told of the end of a session that lived on. */
        EVENT_FOR_LIVING,
        /** A row was written though all requests only looked. */
        READER_WROTE,
        /** An error that no fault explains, or that changes the client's cookie. */
        BAD_ANSWER
    }

    @Override
    public String toString() {
        return kind + " in session " + session + ": " + what
                + evidence.stream().map(o -> "\n    " + o).collect(Collectors.joining());
    }
}
