package dev.holdfast.session;

import dev.holdfast.HoldfastException;
import dev.holdfast.session.SessionCopy.Life;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.SessionRow;
import dev.holdfast.store.SessionStore;
import dev.holdfast.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks sessions up for the engine: asks the database each time, and takes this node's copy where the row is still what it was made of.
 * Safe for use by many threads.
 */
final class SessionFinder {
    private final SessionEngine engine;
    private final SessionStore store;
    private final Vault vault;
    private final Copies copies;
    private final SessionWriter writer;
    private final EngineStats stats;

    SessionFinder(
            SessionEngine engine,
            SessionStore store,
            Vault vault,
            Copies copies,
            SessionWriter writer,
            EngineStats stats) {
        this.engine = engine;
        this.store = store;
        this.vault = vault;
        this.copies = copies;
        this.writer = writer;
        this.stats = stats;
    }

    /** @param request whose use the copy is in from now on; {@code null} where there is none */
    Optional<SessionCopy> find(IdHash key, @Nullable RequestScope request) {
        SessionCopy held = copies.join(key, request);
        return held == null ? firstLook(key, request) : secondLook(held, key, request);
    }

    private Optional<SessionCopy> firstLook(IdHash key, @Nullable RequestScope request) {
        long asked = System.nanoTime();
        stats.loads.increment();
        Optional<SessionRow> row = store.load(key, OptionalLong.empty());
        Optional<RowImage> image = row.flatMap(engine::open);
        if (row.isEmpty() || image.isEmpty()) {
            stats.misses.increment();
            return Optional.empty();
        }
        SessionCopy fresh = engine.newCopy();
        fresh.identify(key, "");
        engine.takeOver(fresh, row.get(), image.get());
        SessionCopy standing = copies.joinOrAdd(fresh, request);
        // Another request was faster; its copy may have been read before ours.
        return standing == fresh ? accessed(fresh, row.get(), asked) : secondLook(standing, key, request);
    }

    private Optional<SessionCopy> secondLook(SessionCopy copy, IdHash key, @Nullable RequestScope request) {
        copy.conversation.lock();
        try {
            if (copy.isAlive() && copy.key().equals(key)) {
                if (copy.life() == Life.NEW) {
                    return Optional.of(copy);
                }
                long asked = System.nanoTime();
                Optional<SessionRow> row = reload(copy, request != null && request.isUsing(copy) ? 1 : 0);
                if (row.isPresent()) {
                    return accessed(copy, row.get(), asked);
                }
                if (copy.isAlive()) {
                    return Optional.empty();
                }
            }
        } finally {
            copy.conversation.unlock();
        }
        // It ended, or got another id, while we were waiting: what lives under this id now is another matter.
        copies.remove(key, copy);
        return firstLook(key, request);
    }

    /**
     * @param own how many of the uses of this copy are the caller's
     * @return the row that the copy now is equal to; empty if there is none under its id, or it does not open
     */
    Optional<SessionRow> reload(SessionCopy copy, int own) {
        return reload(copy, own, OptionalLong.of(copy.revision()));
    }

    private Optional<SessionRow> reload(SessionCopy copy, int own, OptionalLong held) {
        stats.loads.increment();
        Optional<SessionRow> row = store.load(copy.key(), held);
        if (row.isEmpty()) {
            stats.misses.increment();
            if (copy.isInUseBeside(own) || copy.holdsNodeLocalValues()) {
                // For whoever comes, there is no session of this id. Those who run have its copy, and what they do
                // to it, or what is on this node only, belongs to the session, should it go by another id now.
                follow(copy, own);
            } else {
                engine.lost(copy);
            }
            return Optional.empty();
        }
        if (held.equals(OptionalLong.of(row.get().revision()))) {
            return row;
        }
        boolean whole = row.get().base() != null || held.isEmpty();
        Optional<RowImage> image = whole ? engine.open(row.get()) : vault.openOver(row.get(), copy.image());
        if (image.isEmpty() && !whole) {
            // It has another base after all.
            return reload(copy, own, OptionalLong.empty());
        }
        if (image.isEmpty()) {
            engine.forget(copy);
            return Optional.empty();
        }
        return engine.takeOver(copy, row.get(), image.get()) ? row : Optional.empty();
    }

    private void follow(SessionCopy copy, int own) {
        try {
            writer.follow(copy);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (HoldfastException e) {
            // it does not open here, which is in the log
            engine.forget(copy);
            return;
        }
        if (copy.isAlive() && !copy.isInUseBeside(own) && copies.held(copy.key()) != copy) {
            // nobody will find this one beside another copy
            engine.lost(copy);
        }
    }

    /** @param asked before the row was asked for: what counts from then on this machine's clock is never late by the database's */
    private Optional<SessionCopy> accessed(SessionCopy copy, SessionRow row, long asked) {
        copy.container().accessedAt(row.accessedAt().toEpochMilli());
        if (row.touchDue()) {
            stats.touches.increment();
            long touched = System.nanoTime();
            if (!store.touch(copy.key())) {
                // Its time ran out, or somebody ended it, between the two statements: it was not kept alive.
                stats.misses.increment();
                engine.lost(copy);
                return Optional.empty();
            }
            engine.accessRecorded(copy, row.maxInactiveSeconds(), touched);
        } else if (row.maxInactiveSeconds() > 0) {
            Duration left = row.remaining().minusSeconds(row.maxInactiveSeconds());
            copy.touchDueAt(asked + left.toNanos());
        } else {
            copy.touchDueAt(Long.MAX_VALUE);
        }
        return Optional.of(copy);
    }
}
