package dev.holdfast.session;

import dev.holdfast.store.ClaimedSession;
import dev.holdfast.store.SessionRow;
import dev.holdfast.store.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Destroys expired sessions, one after the other: claims them, so that they are dead to every load and save, hands each to whoever
 * tells its listeners, and removes the row by the claim's token. Safe for use by many threads.
 */
final class Expiry {
    /** How long an expired row that this node cannot open is left to others, and for inspection. */
    private static final Duration UNREADABLE_KEPT = Duration.ofDays(7);

    private final SessionEngine engine;
    private final SessionStore store;
    private final EngineStats stats;

    Expiry(SessionEngine engine, SessionStore store, EngineStats stats) {
        this.engine = engine;
        this.store = store;
        this.stats = stats;
    }

    int expire(int limit, Duration lease, Consumer<SessionCopy> farewell) {
        List<ClaimedSession> claimed = store.claimExpired(limit, lease);
        for (ClaimedSession session : claimed) {
            Optional<SessionCopy> copy = endedCopy(session.row());
            copy.ifPresent(farewell);
            // What does not open here may open on a node that has its key: it is left, and claimed again by whoever
            // comes.
            if (copy.isPresent() || session.row().remaining().compareTo(UNREADABLE_KEPT.negated()) < 0) {
                store.deleteClaimed(List.of(session));
                stats.expirations.increment();
            }
        }
        return claimed.size();
    }

    /** The copy that requests here have, with what the row holds; or one of its own, where that is of no use. */
    private Optional<SessionCopy> endedCopy(SessionRow row) {
        Optional<RowImage> image = engine.open(row);
        if (image.isEmpty()) {
            return Optional.empty();
        }
        SessionCopy held = engine.held(row.idHash());
        if (held != null && ended(held, row, image.get())) {
            return Optional.of(held);
        }
        SessionCopy own = engine.newCopy();
        own.identify(row.idHash(), "");
        ended(own, row, image.get());
        return Optional.of(own);
    }

    /** @return false if the copy has ended before, and its container knows; or if it is another session's */
    private boolean ended(SessionCopy copy, SessionRow row, RowImage image) {
        copy.conversation.lock();
        try {
            if (!copy.isAlive() || !engine.takeOver(copy, row, image)) {
                return false;
            }
            copy.end();
            engine.forget(copy);
            return true;
        } finally {
            copy.conversation.unlock();
        }
    }
}
