package dev.holdfast.store;

import org.jspecify.annotations.Nullable;

/**
 * A row to be inserted. Its clock columns are the store's own {@code now()}.
 *
 * @param idHash the key
 * @param revision a random positive number, drawn by the caller
 * @param maxInactiveSeconds the time-out in seconds; zero or less: the session never expires
 * @param base the sealed contents
 * @param delta sealed changes of these, if a session comes with any to its new id; a session that begins has none, and is refused if
 *     it has
 */
public record NewSession(IdHash idHash, long revision, int maxInactiveSeconds, byte[] base, byte @Nullable [] delta) {
    /** Contents without changes. */
    public NewSession(IdHash idHash, long revision, int maxInactiveSeconds, byte[] base) {
        this(idHash, revision, maxInactiveSeconds, base, null);
    }

    /** @throws IllegalArgumentException if there are changes */
    void requireNoDelta() {
        if (delta != null) {
            throw new IllegalArgumentException("session " + idHash + " cannot begin with changes");
        }
    }

    /** Names the session by its shortened hash and shows sizes, never contents. */
    @Override
    public String toString() {
        return "NewSession[" + idHash + ", base " + base.length + " bytes]";
    }
}
