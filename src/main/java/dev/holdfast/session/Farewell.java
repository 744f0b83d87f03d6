package dev.holdfast.session;

import java.time.Instant;

/** Whoever tells an application that its sessions have expired. */
@FunctionalInterface
public interface Farewell {
    /** Tells whoever wants to know of this session, whose attributes are readable. Its row goes afterwards. */
    void tell(SessionCopy copy);

    /**
     * Whether anybody has to be told of a session that this node holds no copy of; where nobody has, it goes undecoded.
     *
     * @param flags of all its entries together, with the meaning that the codec's settings gave them
     */
    default boolean isAwaited(int flags) {
        return true;
    }

    /** A session has expired of which nobody has to be told, and is gone. Said once at most: not where the answer of the database was lost. */
    default void passUntold(String sessionId, Instant createdAt) {}
}
