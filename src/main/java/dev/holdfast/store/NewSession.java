package dev.holdfast.store;

/**
 * A row to be inserted. Its clock columns are the store's own {@code now()}.
 *
 * @param idHash the key
 * @param revision a random positive number, drawn by the caller
 * @param maxInactiveSeconds the time-out in seconds; zero or less: the session never expires
 * @param base the sealed contents
 */
public record NewSession(IdHash idHash, long revision, int maxInactiveSeconds, byte[] base) {
    /** Names the session by its shortened hash and shows sizes, never contents. */
    @Override
    public String toString() {
        return "NewSession[" + idHash + ", base " + base.length + " bytes]";
    }
}
