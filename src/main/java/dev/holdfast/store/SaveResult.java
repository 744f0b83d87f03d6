package dev.holdfast.store;

/** The outcome of {@link SessionStore#save} and {@link SessionStore#cycle}. Unless it is {@link Saved}, nothing was changed. */
public sealed interface SaveResult {
    /** The row was at the expected revision and carries the new one now. */
    record Saved() implements SaveResult {}

    /**
     * The session is alive at another revision.
     *
     * @param current the row as it is now, contents included
     */
    record Conflict(SessionRow current) implements SaveResult {}

    /**
     * The session changed its id: the row is a tombstone.
     *
     * @param successor where it went; this may be a tombstone as well by now
     */
    record Moved(IdHash successor) implements SaveResult {}

    /** The session was invalidated, or has expired, or is being destroyed. */
    record Gone() implements SaveResult {}
}
