package dev.holdfast.store;

/**
 * An expired session whose destruction this node has claimed: dead to every load and save, and still readable here.
 *
 * @param row the row as it was looked at, and still was, but for the claim, when it was claimed
 * @param token proves the claim to {@link SessionStore#deleteClaimed}
 */
public record ClaimedSession(SessionRow row, java.util.UUID token) {}
