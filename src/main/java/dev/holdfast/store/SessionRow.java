package dev.holdfast.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A live session as the store holds it. The arrays are the caller's: neither side changes them afterwards.
 *
 * @param idHash the key
 * @param revision the random number drawn at the last write
 * @param createdAt when the row was created, by the store's clock
 * @param accessedAt the last recorded access, by the store's clock
 * @param maxInactiveSeconds the time-out in seconds; zero or less: the session never expires
 * @param remaining time left until the session expires, by the store's clock at the moment of reading; {@link #FOREVER}
 *     for one that never does. An access is due to be recorded when no more than {@code maxInactiveSeconds} are left
 * @param base the sealed contents; {@code null} where the caller said that it holds this revision already, or one of what seems to be
 *     the same base
 * @param delta the sealed changes since {@code base}, if there are any
 */
public record SessionRow(
        IdHash idHash,
        long revision,
        Instant createdAt,
        Instant accessedAt,
        int maxInactiveSeconds,
        Duration remaining,
        byte @Nullable [] base,
        byte @Nullable [] delta) {

    /** {@link #remaining} of a session that never expires. */
    public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** Whether this access must be recorded, so that the session cannot expire before its time. */
    public boolean touchDue() {
        return maxInactiveSeconds > 0 && remaining.compareTo(Duration.ofSeconds(maxInactiveSeconds)) <= 0;
    }

    /** Names the session by its shortened hash and shows sizes, never contents. */
    @Override
    public String toString() {
        return "SessionRow[" + idHash + ", base " + size(base) + ", delta " + size(delta) + "]";
    }

    private static String size(byte @Nullable [] bytes) {
        return bytes == null ? "none" : bytes.length + " bytes";
    }
}
