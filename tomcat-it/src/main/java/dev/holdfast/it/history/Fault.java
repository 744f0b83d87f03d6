package dev.holdfast.it.history;

/**
 * Something that was made to fail, from its beginning until all was well again.
 *
 * @param node index of the node, or {@link #DATABASE}
 */
public record Fault(Kind kind, int node, long begun, long ended) {
    /** The node of a fault that concerns all of them. */
    public static final int DATABASE = -1;

    /** What was done. */
    public enum Kind {
        KILL,
        FREEZE,
        DATABASE_RESTART,
        DATABASE_CRASH,
        BACKENDS_KILLED,
        DELAY,
        STALL,
        CUT,
        REFUSE
    }

    /** Whether it concerned this node at some time between these two. */
    public boolean concerned(int someNode, long from, long until) {
        return (node == DATABASE || node == someNode) && begun <= until && ended >= from;
    }
}
