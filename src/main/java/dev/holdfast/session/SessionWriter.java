package dev.holdfast.session;

import dev.holdfast.HoldfastException;
import dev.holdfast.codec.Fragment;
import dev.holdfast.session.SessionCopy.Life;
import dev.holdfast.store.CreateResult;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.NewSession;
import dev.holdfast.store.Revision;
import dev.holdfast.store.SaveResult;
import dev.holdfast.store.SessionChange;
import dev.holdfast.store.SessionRow;
import dev.holdfast.store.SessionStore;
import dev.holdfast.store.StoreUnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Writes to the store for the engine: a change is saved by compare-and-set; whoever loses the race takes over the winner's row,
 * lays its own change over it and tries again. A row that has moved is followed, one that is gone is never brought back. Safe for
 * use by many threads.
 */
final class SessionWriter {
    /** No row ever has this revision. */
    private static final long NO_REVISION = 0;

    private static final int ATTEMPTS = 200;
    private static final int ENCODINGS = 30;

    /** Whoever had to encode so often gets a turn. */
    private static final int ENCODINGS_BESIDE_OTHERS = 3;

    private static final long LONGEST_WAIT_FOR_TURN_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MICROS = 20_000;

    private final SessionEngine engine;
    private final SessionStore store;
    private final SettledWrites settled;
    private final Vault vault;
    private final EngineStats stats;

    SessionWriter(SessionEngine engine, SessionStore store, Vault vault, EngineStats stats) {
        this.engine = engine;
        this.store = store;
        this.settled = new SettledWrites(store);
        this.vault = vault;
        this.stats = stats;
    }

    /** Saves what the uses have changed; does nothing to a session that has ended. */
    void save(SessionCopy copy, List<SessionUse> uses) {
        long lost;
        do {
            lost = copy.entries().lostBaselines();
            saveOnce(copy, uses);
        } while (copy.entries().lostBaselines() != lost);
    }

    private void saveOnce(SessionCopy copy, List<SessionUse> uses) {
        withChange(copy, uses, change -> {
            if (copy.life() == Life.NEW && !create(copy, change)) {
                return;
            }
            SessionUse own = uses.get(0);
            if (copy.entries().isChangedBy(change)) {
                update(copy, change);
            } else if (own.isUnconfirmed()) {
                // The client is about to be told an id: the one that the session has now, should it have moved on.
                follow(copy, copy.key());
            } else {
                touchIfDue(copy);
            }
            own.confirmed();
        });
    }

    private interface Write {
        void accept(Change change);
    }

    /**
     * Encodes without a lock, because that runs application code, and writes under the copy's conversation. If another request
     * of this node saved one of the same objects in between, what it wrote is newer: encode again, and after some times while
     * the others wait.
     */
    private void withChange(SessionCopy copy, List<SessionUse> uses, Write write) {
        for (int round = 1; copy.hasBegun() && copy.isAlive(); round++) {
            boolean turn = round > ENCODINGS_BESIDE_OTHERS && takeTurn(copy);
            try {
                Change change = copy.changesBy(uses);
                turn = turn || takeTurn(copy);
                if (written(copy, uses, change, write)) {
                    return;
                }
            } finally {
                if (turn) {
                    copy.turn.unlock();
                }
            }
            if (round == ENCODINGS) {
                throw contended(copy, ENCODINGS);
            }
        }
    }

    /** @return false where one who has a turn takes too long, perhaps because it waits for what this thread holds: then without */
    private static boolean takeTurn(SessionCopy copy) {
        try {
            return copy.turn.tryLock(LONGEST_WAIT_FOR_TURN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @return false if the change is stale */
    private boolean written(SessionCopy copy, List<SessionUse> uses, Change change, Write write) {
        copy.conversation.lock();
        try {
            if (!copy.isAlive()) {
                return true;
            }
            if (copy.entries().isStale(change)) {
                return false;
            }
            change.refused().forEach(refusal -> engine.refused(copy, refusal));
            write.accept(change);
            copy.entries().settle(change);
            Set<String> settled = change.removed();
            uses.forEach(use -> {
                use.settled(settled);
                copy.entries().settleRemovals(use);
            });
            return true;
        } finally {
            copy.conversation.unlock();
        }
    }

    /** @return whether the session was there before, so that the change has still to be saved */
    private boolean create(SessionCopy copy, Change first) {
        Change change = withIdentity(copy, first);
        Vault.Sealed sealed = vault.sealWhole(copy.key(), checked(copy, change));
        NewSession session = new NewSession(copy.key(), Revision.ofNewBase(), timeout(copy), sealed.requiredBase());
        if (settled.create(session) == CreateResult.EXISTS) {
            SessionRow row = store.load(copy.key(), OptionalLong.empty())
                    .orElseThrow(() -> new HoldfastException("session " + copy.key()
                            + " cannot begin: its id belongs to a session that has expired, or that has"
                            + " gone by another id for less than an hour; let the client drop its cookie"));
            if (row.revision() != session.revision()) {
                stats.conflicts.increment();
                return takeOver(copy, row);
            }
        }
        stats.creates.increment();
        copy.saved(change, sealed.image(), session.revision());
        engine.accessRecorded(copy, session.maxInactiveSeconds());
        return false;
    }

    /** The entries that are the engine's own: written when the session begins, and when it gets another id. */
    private Change withIdentity(SessionCopy copy, Change change) {
        return and(change, Map.of(EntryName.SESSION_ID, copy.sessionId(), EntryName.BIRTH, copy.birth()));
    }

    private Change and(Change change, Map<String, Object> entries) {
        Map<Unit, Fragment> encoded = new LinkedHashMap<>();
        for (Fragment fragment : vault.encode(entries)) {
            String entry = fragment.names().get(0);
            encoded.put(Unit.ofValue(entry, Objects.requireNonNull(entries.get(entry)), null), fragment);
        }
        return change.and(encoded);
    }

    private void touchIfDue(SessionCopy copy) {
        if (copy.touchDue()) {
            stats.touches.increment();
            if (store.touch(copy.key())) {
                engine.accessRecorded(copy, timeout(copy));
            } else {
                engine.lost(copy);
            }
        }
    }

    private void update(SessionCopy copy, Change change) {
        OptionalInt newTimeout = changedTimeout(change);
        double chance = ThreadLocalRandom.current().nextDouble();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            boolean touch = copy.touchDue();
            RowImage image = checked(copy, change);
            Vault.Sealed sealed = image.foldDue(change.units().values(), chance)
                    ? vault.sealWhole(copy.key(), image)
                    : vault.sealDelta(copy.key(), image);
            long revision = vault.revisionAfter(copy.revision(), sealed);
            SaveResult result =
                    settled.save(copy, new SessionChange(revision, sealed.base(), sealed.delta(), newTimeout, touch));
            if (result instanceof SaveResult.Saved) {
                stats.saves.increment();
                copy.saved(change, sealed.image(), revision);
                if (touch || newTimeout.isPresent()) {
                    engine.accessRecorded(copy, timeout(copy));
                }
                return;
            }
            if (!recovered(copy, result, attempt)) {
                return;
            }
        }
        throw contended(copy, ATTEMPTS);
    }

    void rotate(SessionCopy copy, String newSessionId, List<SessionUse> uses) {
        withChange(copy, uses, change -> {
            IdHash newKey = IdHash.of(engine.settings().app(), newSessionId);
            if (copy.life() == Life.NEW) {
                // Never inserted: nobody else can know the old id.
                engine.rename(copy, newKey, newSessionId);
                return;
            }
            IdHash oldKey = copy.key();
            if (uses.get(0).wasRenamedByAnother(oldKey)) {
                // Both came with the same old id: their client gets one new id, in whatever order it reads the answers.
                adopt(copy, change);
                return;
            }
            Change moved = and(change, Map.of(EntryName.SESSION_ID, newSessionId));
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                RowImage image = checked(copy, moved);
                Vault.Sealed sealed = vault.sealWhole(newKey, image);
                NewSession successor = new NewSession(
                        newKey, Revision.ofNewBase(), timeout(copy), sealed.requiredBase(), sealed.delta());
                SaveResult result = settled.cycle(copy, successor);
                if (result instanceof SaveResult.Saved) {
                    stats.rotations.increment();
                    copy.saved(moved, sealed.image(), successor.revision());
                    engine.rename(copy, newKey, newSessionId);
                    engine.accessRecorded(copy, successor.maxInactiveSeconds());
                    return;
                }
                if (!recovered(copy, result, attempt)) {
                    return;
                }
                if (!copy.key().equals(oldKey)) {
                    // Another node rotated first.
                    adopt(copy, change);
                    return;
                }
            }
            throw contended(copy, ATTEMPTS);
        });
    }

    /** The id that another request gave the session is its new one. What changed here goes along. */
    private void adopt(SessionCopy copy, Change change) {
        if (copy.entries().isChangedBy(change)) {
            update(copy, change);
        }
    }

    boolean end(SessionCopy copy) {
        copy.conversation.lock();
        try {
            if (copy.life() != Life.STORED) {
                boolean ended = copy.isAlive();
                copy.end();
                return ended;
            }
            boolean deleted = settled.delete(copy.key());
            copy.end();
            return deleted;
        } finally {
            copy.conversation.unlock();
        }
    }

    /** @return whether to try again, with the copy as it is now */
    private boolean recovered(SessionCopy copy, SaveResult result, int attempt) {
        if (result instanceof SaveResult.Conflict conflict) {
            stats.conflicts.increment();
            if (!takeOver(copy, conflict.current())) {
                return false;
            }
            pause(attempt);
            return true;
        }
        if (result instanceof SaveResult.Moved moved) {
            return follow(copy, moved.successor());
        }
        engine.lost(copy);
        return false;
    }

    /** The session is not to be found under its id: the copy becomes what it is now, under another one, or ends. */
    void follow(SessionCopy copy) {
        follow(copy, copy.key());
    }

    /** Goes along the tombstones to where the session lives now. */
    private boolean follow(SessionCopy copy, IdHash successor) {
        IdHash next = successor;
        for (int hop = 0; hop < ATTEMPTS; hop++) {
            Optional<SessionRow> row = store.load(next, OptionalLong.empty());
            if (row.isPresent()) {
                return takeOver(copy, row.get());
            }
            // A look-up takes a tombstone for absent; a save that cannot succeed tells where it points.
            SaveResult probe = store.save(
                    next, NO_REVISION, new SessionChange(Revision.ofNewBase(), null, null, OptionalInt.empty(), false));
            if (probe instanceof SaveResult.Moved moved) {
                next = moved.successor();
            } else if (!(probe instanceof SaveResult.Conflict)) {
                break;
            }
        }
        engine.lost(copy);
        return false;
    }

    /** @return false if the row is another session's */
    private boolean takeOver(SessionCopy copy, SessionRow row) {
        RowImage image = engine.open(row)
                .orElseThrow(() -> new HoldfastException("session " + row.idHash()
                        + " was changed elsewhere into something that this node cannot read; see the log above"));
        return engine.takeOver(copy, row, image);
    }

    private RowImage checked(SessionCopy copy, Change change) {
        RowImage image = copy.image().with(change.units().values(), change.removed());
        int limit = engine.settings().maxSessionBytes();
        if (image.sizeBytes() > limit && image.folded().sizeBytes() > limit) {
            throw SessionTooLargeException.of(copy.key(), image, limit);
        }
        return image;
    }

    private static OptionalInt changedTimeout(Change change) {
        String timeout = EntryName.ofProperty(ContainerState.TIMEOUT);
        for (Unit unit : change.units().keySet()) {
            if (unit.names().contains(timeout) && unit.valueIfLive(timeout) instanceof Integer seconds) {
                return OptionalInt.of(seconds);
            }
        }
        return OptionalInt.empty();
    }

    private static int timeout(SessionCopy copy) {
        return copy.container().properties().get(ContainerState.TIMEOUT) instanceof Integer seconds ? seconds : 0;
    }

    private static StoreUnavailableException contended(SessionCopy copy, int attempts) {
        return new StoreUnavailableException(
                "session " + copy.key() + " was not saved: " + attempts + " attempts met others' changes", null);
    }

    private static void pause(int attempt) {
        long limit = Math.min(LONGEST_PAUSE_MICROS, 100L << Math.min(attempt, 10));
        try {
            TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextLong(limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
