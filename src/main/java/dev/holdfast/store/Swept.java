package dev.holdfast.store;

import java.util.List;

/**
 * What a sweep has done.
 *
 * @param removed the rows as they were, which are gone now
 * @param claimed the sessions that have still to be destroyed, for {@link SessionStore#deleteClaimed}
 */
public record Swept(List<SessionRow> removed, List<ClaimedSession> claimed) {
    static final Swept NOTHING = new Swept(List.of(), List.of());

    /** Of how many sessions this decides. */
    public int size() {
        return removed.size() + claimed.size();
    }
}
