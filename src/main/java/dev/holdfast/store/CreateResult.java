package dev.holdfast.store;

/** The outcome of {@link SessionStore#create}. */
public enum CreateResult {
    /** The row is there now, and this call inserted it. */
    CREATED,
    /** A row with this id was there before, alive, expired or moved; nothing was changed. */
    EXISTS
}
