package dev.holdfast.session;

import dev.holdfast.codec.UndecodableException;
import dev.holdfast.store.ClaimedSession;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.SessionRow;
import dev.holdfast.store.SessionStore;
import dev.holdfast.store.Swept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Destroys expired sessions. Those of which somebody has to be told are claimed, so that nobody else tells it; handed to whoever tells
 * it, one after the other; and their rows removed by the claim's token. Those of which nobody has to be told are opened only so far as
 * to see that, and go at once.
 *
 * <p>What was told goes in groups too, and at once after a listener that takes its time: a row that stays behind its farewell would
 * have another one, once the lease has run out. Safe for use by many threads.
 */
final class Expiry {
    /** How long an expired row that this node cannot open is left to others, and for inspection. */
    private static final Duration UNREADABLE_KEPT = Duration.ofDays(7);

    private static final int LARGEST_GROUP = 50;
    private static final Duration LONGEST_GROUP = Duration.ofMillis(50);

    private final SessionEngine engine;
    private final SessionStore store;
    private final Vault vault;
    private final EngineStats stats;

    /** Whose farewell has been told and whose row is still there: if the next listener hangs, another thread can remove it. */
    private final ConcurrentLinkedQueue<ClaimedSession> told = new ConcurrentLinkedQueue<>();

    Expiry(SessionEngine engine, SessionStore store, Vault vault, EngineStats stats) {
        this.engine = engine;
        this.store = store;
        this.vault = vault;
        this.stats = stats;
    }

    private record Ending(ClaimedSession session, RowImage image) {}

    int expire(int limit, Duration lease, Farewell farewell) {
        removeTold();
        long latest = System.nanoTime() + lease.dividedBy(2).toNanos();
        Map<IdHash, RowImage> awaited = new HashMap<>();
        Map<IdHash, String> quiet = new HashMap<>();
        Swept swept = store.sweepExpired(limit, lease, row -> isToBeClaimed(row, farewell, awaited, quiet));
        stats.expirations.add(swept.removed().size());
        for (SessionRow row : swept.removed()) {
            String sessionId = quiet.get(row.idHash());
            if (sessionId != null) {
                farewell.passUntold(sessionId, row.createdAt());
            }
        }
        List<Ending> endings = new ArrayList<>();
        for (ClaimedSession session : swept.claimed()) {
            RowImage image = awaited.get(session.row().idHash());
            if (image != null) {
                endings.add(new Ending(session, image));
            }
        }
        tell(endings, farewell, latest);
        return swept.size();
    }

    /**
     * @param awaited gets the contents of those that somebody waits for
     * @param quiet gets the ids of those that nobody waits for
     */
    private boolean isToBeClaimed(
            SessionRow row, Farewell farewell, Map<IdHash, RowImage> awaited, Map<IdHash, String> quiet) {
        awaited.remove(row.idHash());
        quiet.remove(row.idHash());
        Optional<RowImage> image = engine.open(row);
        if (image.isEmpty()) {
            // It may open on a node that has its key: claimed and not told, it is left to whoever claims it next.
            return row.remaining().compareTo(UNREADABLE_KEPT.negated()) >= 0;
        }
        if (engine.held(row.idHash()) != null || farewell.isAwaited(image.get().flags())) {
            awaited.put(row.idHash(), image.get());
            return true;
        }
        quiet.put(row.idHash(), sessionId(row, image.get()));
        return false;
    }

    /** Empty where it cannot be read: one such row must not hold up the sweep. */
    private String sessionId(SessionRow row, RowImage image) {
        try {
            return vault.read(image, EntryName.SESSION_ID) instanceof String sessionId ? sessionId : "";
        } catch (UndecodableException e) {
            engine.undecodable(row.idHash(), e);
            return "";
        }
    }

    /** @param latest what has not been told by then is left to whoever comes when the lease has run out */
    private void tell(List<Ending> endings, Farewell farewell, long latest) {
        long begun = System.nanoTime();
        try {
            for (Ending ending : endings) {
                if (Thread.currentThread().isInterrupted() || System.nanoTime() - latest > 0) {
                    return;
                }
                farewell.tell(endedCopy(ending.session().row(), ending.image()));
                told.add(ending.session());
                if (told.size() >= LARGEST_GROUP || System.nanoTime() - begun > LONGEST_GROUP.toNanos()) {
                    removeTold();
                    begun = System.nanoTime();
                }
            }
        } finally {
            removeTold();
        }
    }

    /** Removes the rows of those that have been told, on whatever thread, an interrupted one too. */
    void removeTold() {
        List<ClaimedSession> rows = new ArrayList<>();
        for (ClaimedSession next = told.poll(); next != null; next = told.poll()) {
            rows.add(next);
        }
        boolean interrupted = Thread.interrupted();
        try {
            remove(rows);
        } catch (RuntimeException e) {
            // the next sweep removes them, by their tokens, and does not tell them again
            told.addAll(rows);
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void remove(List<ClaimedSession> sessions) {
        if (!sessions.isEmpty()) {
            store.deleteClaimed(sessions);
            stats.expirations.add(sessions.size());
        }
    }

    /** The copy that requests here have, with what the row holds; or one of its own, where that is of no use. */
    private SessionCopy endedCopy(SessionRow row, RowImage image) {
        SessionCopy held = engine.held(row.idHash());
        if (held != null && ended(held, row, image)) {
            return held;
        }
        SessionCopy own = engine.newCopy();
        own.identify(row.idHash(), "");
        ended(own, row, image);
        return own;
    }

    /** @return false if the copy has ended before, and its container knows; or if it is another session's */
    private boolean ended(SessionCopy copy, SessionRow row, RowImage image) {
        copy.conversation.lock();
        try {
            if (!copy.isAlive() || !engine.takeOver(copy, row, image)) {
                return false;
            }
            boolean ends = copy.end();
            engine.forget(copy);
            return ends;
        } finally {
            copy.conversation.unlock();
        }
    }
}
