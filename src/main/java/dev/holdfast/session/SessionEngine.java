package dev.holdfast.session;

import dev.holdfast.HoldfastException;
import dev.holdfast.codec.Encoding;
import dev.holdfast.codec.UndecodableException;
import dev.holdfast.crypto.NotAuthenticException;
import dev.holdfast.crypto.SessionCrypto;
import dev.holdfast.session.SessionCopy.ContainerFactory;
import dev.holdfast.session.SessionCopy.Life;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.SessionRow;
import dev.holdfast.store.SessionStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one application on this node: finds them in the store, keeps one {@link SessionCopy} of each that is in use,
 * and sees to it that what requests change is saved, merged, rotated, or ended.
 *
 * <p>A look-up asks the database each time, so that a request never sees less than what any node has acknowledged. A copy that
 * nobody uses any more stays for a while, see {@link Copies}: if the row's revision is still the same, its contents need not be
 * fetched again.
 *
 * <p>Safe for use by many threads. Every method that talks to the database throws
 * {@link dev.holdfast.store.StoreUnavailableException} where it cannot; nothing is then forgotten or made up.
 */
public final class SessionEngine {
    private final EngineSettings settings;
    private final SessionStore store;
    private final EntryCodec codec;
    private final Vault vault;
    private final ContainerFactory containers;
    private final EngineStats stats = new EngineStats();
    private final Reports reports;
    private final SessionWriter writer;
    private final Expiry expiry;
    private final SessionFinder finder;
    private final IdleCopies idle;
    private final Copies copies;

    public SessionEngine(
            EngineSettings settings,
            SessionStore store,
            EntryCodec codec,
            SessionCrypto crypto,
            ContainerFactory containers,
            EngineListener listener) {
        this.settings = settings;
        this.store = store;
        this.codec = codec;
        this.vault = new Vault(settings.app(), crypto, codec);
        this.containers = containers;
        this.reports = new Reports(listener, stats);
        this.writer = new SessionWriter(this, store, vault, stats);
        this.expiry = new Expiry(this, store, vault, stats);
        this.idle = new IdleCopies(settings.maxIdleCopies(), settings.maxIdleCopyBytes());
        this.copies = new Copies(idle);
        this.finder = new SessionFinder(this, store, vault, copies, writer, stats);
    }

    public EngineStats stats() {
        return stats;
    }

    EngineSettings settings() {
        return settings;
    }

    /** The copies on this node, in use or not. */
    public Collection<SessionCopy> copies() {
        return copies.all();
    }

    public int copyCount() {
        return copies.size();
    }

    public IdleCopies idleCopies() {
        return idle;
    }

    /** The copy that goes by this id on this node, if there is one. */
    @Nullable
    SessionCopy held(IdHash key) {
        return copies.held(key);
    }

    /** A copy of a session that does not exist yet. It exists once {@link #begin} has given it an id. */
    public SessionCopy newCopy() {
        return new SessionCopy(this, codec, containers);
    }

    /**
     * Gives a new session its id. Nothing is written before the request's changes are saved; outside a request, at once.
     *
     * @throws HoldfastException if it had to be written and could not be
     */
    public void begin(SessionCopy copy, String sessionId) {
        copy.identify(hash(sessionId), sessionId);
        copies.add(copy);
        Optional<RequestScope> scope = RequestScope.current();
        if (scope.isPresent()) {
            scope.get().use(copy);
            scope.get().remember(this, sessionId, Optional.of(copy));
        } else {
            strayChange(copy);
        }
    }

    /**
     * The live session of this id, as current as the database has it. Within one request the first answer holds.
     *
     * @return empty where there is none, or where its row does not open, which the listener is told
     */
    public Optional<SessionCopy> find(String sessionId) {
        Optional<RequestScope> scope = RequestScope.current();
        if (scope.isEmpty()) {
            Optional<SessionCopy> found = look(sessionId, null);
            found.ifPresent(copies::idle);
            return found;
        }
        RequestScope request = scope.get();
        Optional<SessionCopy> remembered = request.remembered(this, sessionId);
        if (remembered != null) {
            return remembered.filter(copy -> copy.isAlive() && copy.key().equals(hash(sessionId)));
        }
        Optional<HoldfastException> failure = request.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            Optional<SessionCopy> found = look(sessionId, request);
            request.remember(this, sessionId, found);
            return found;
        } catch (HoldfastException e) {
            stats.failures.increment();
            request.fail(e);
            throw e;
        }
    }

    private Optional<SessionCopy> look(String sessionId, @Nullable RequestScope request) {
        return finder.find(hash(sessionId), request);
    }

    /**
     * When the session's next access must be recorded, so that it cannot expire before its time.
     *
     * @return a moment of {@link System#nanoTime}; {@link Long#MAX_VALUE} if the session never expires, or is in no row yet
     */
    public long nextTouch(SessionCopy copy) {
        return copy.touchDueNanos();
    }

    /** The store has just recorded an access: the next is due an interval later, and never for a session that does not expire. */
    void accessRecorded(SessionCopy copy, int maxInactiveSeconds) {
        accessRecorded(copy, maxInactiveSeconds, System.nanoTime());
    }

    void accessRecorded(SessionCopy copy, int maxInactiveSeconds, long nanoTime) {
        if (maxInactiveSeconds <= 0) {
            copy.touchDueAt(Long.MAX_VALUE);
            return;
        }
        Duration tenth = Duration.ofMillis(maxInactiveSeconds * 100L);
        Duration interval = tenth.compareTo(settings.touchInterval()) < 0 ? tenth : settings.touchInterval();
        copy.touchDueAt(nanoTime + interval.toNanos());
    }

    /**
     * The copy becomes what the row holds, except for what this node has changed and not saved yet.
     *
     * @return false if the row is another session's, born under the same id: then this one has ended
     */
    boolean takeOver(SessionCopy copy, SessionRow row, RowImage image) {
        Long birth = vault.read(image, EntryName.BIRTH) instanceof Long number ? number : copy.birth();
        if (copy.life() == Life.STORED && birth != copy.birth()) {
            lost(copy);
            return false;
        }
        copy.bornAs(birth);
        if (copy.life() == Life.STORED && copy.isInUse()) {
            // What the container has changed and nobody has collected yet must not be lost beneath what arrives.
            copy.takeProperties(copy.strays());
        }
        copy.refresh(image, row.revision());
        if (copy.peek(EntryName.SESSION_ID) instanceof String sessionId) {
            if (!copy.key().equals(row.idHash())) {
                rename(copy, row.idHash(), sessionId);
            } else if (!sessionId.equals(copy.sessionId())) {
                copy.identify(row.idHash(), sessionId);
                copy.container().renamed(sessionId);
            }
        }
        return true;
    }

    /** The session goes by another id from now on. */
    void rename(SessionCopy copy, IdHash newKey, String sessionId) {
        boolean kept = copies.remove(copy.key(), copy);
        copy.identify(newKey, sessionId);
        if (kept) {
            copies.add(copy);
        }
        RequestScope.current().ifPresent(scope -> scope.remember(this, sessionId, Optional.of(copy)));
        copy.container().renamed(sessionId);
    }

    /** Opens a row, or says why it does not open. */
    Optional<RowImage> open(SessionRow row) {
        try {
            return Optional.of(vault.open(row));
        } catch (NotAuthenticException e) {
            reports.notAuthentic(row, e);
        } catch (UndecodableException e) {
            undecodable(row.idHash(), e);
        }
        return Optional.empty();
    }

    /** Saves what a request has changed so far, together with what happened outside any request. */
    void save(SessionCopy copy, SessionUse use) {
        long seen = use.touches();
        saveAll(copy, List.of(use, copy.strays()));
        use.savedUpTo(seen);
    }

    private void saveAll(SessionCopy copy, List<SessionUse> uses) {
        try {
            writer.save(copy, uses);
        } catch (RuntimeException e) {
            stats.failures.increment();
            if (copy.life() == Life.NEW) {
                // There is no row, and there will be none: its client never learns of it.
                lost(copy);
            }
            // The copy holds changes that the row does not: whoever comes next begins from the row.
            forget(copy);
            throw e;
        }
    }

    /** Something changed outside any request: nobody else will save it. */
    void strayChange(SessionCopy copy) {
        saveStrayChange(copy);
        copies.released(copy);
    }

    private void saveStrayChange(SessionCopy copy) {
        if (copy.hasBegun()
                && !copy.isInUse()
                && (copy.life() == Life.NEW || !copy.strays().isEmpty())) {
            long seen = copy.strays().touches();
            saveAll(copy, List.of(copy.strays()));
            // whatever was done since, another thread is about to save
            copy.strays().clearUnlessTouchedSince(seen);
        }
    }

    /**
     * Saves what the application changed outside any request, if no request is there to do so.
     *
     * @throws HoldfastException if that was necessary and failed
     */
    public void saveStrays(SessionCopy copy) {
        saveStrayChange(copy);
        copies.idle(copy);
    }

    void release(SessionCopy copy, SessionUse use, boolean kept) {
        if (kept) {
            use.endInFavourOf(copy.strays());
        }
        copy.leave(use);
        if (kept || !use.mayHaveChanged()) {
            saveStrayChange(copy);
            copies.released(copy);
            return;
        }
        // The copy holds what a failed request did: whoever comes next begins from the row.
        forget(copy);
        if (!copy.isInUse()) {
            copy.strays().clear();
        }
    }

    /**
     * Changes the id, with the changes made so far, in one transaction. If another request has done so since this one met the
     * session, on whatever node, the session goes by that id: two answers that tell two ids would leave the client with the dead
     * one, if it reads them in the wrong order.
     *
     * @return the id that the session has now
     */
    public String rotate(SessionCopy copy, String newSessionId) {
        SessionUse use = RequestScope.useOnThisThread(copy);
        try {
            writer.rotate(copy, newSessionId, use == null ? List.of(copy.strays()) : List.of(use, copy.strays()));
            if (use != null && copy.isAlive()) {
                use.goesBy(copy.key(), copy.life() == Life.STORED);
            }
        } catch (HoldfastException e) {
            stats.failures.increment();
            RequestScope.current().ifPresent(scope -> scope.fail(e));
            throw e;
        }
        return copy.sessionId();
    }

    /**
     * Ends the session: from now on it is dead to every node.
     *
     * @return whether this call ended it, so that listeners are told here and nowhere else. A call that lost the database's answer, and
     *     finds the session gone when it asks again, says so too: listeners are then told twice at the worst, rather than never
     */
    public boolean end(SessionCopy copy) {
        try {
            boolean ended = writer.end(copy);
            if (ended) {
                stats.invalidations.increment();
            }
            return ended;
        } catch (HoldfastException e) {
            stats.failures.increment();
            RequestScope.current().ifPresent(scope -> scope.fail(e));
            throw e;
        } finally {
            if (!copy.isAlive()) {
                forget(copy);
            }
        }
    }

    /** The session has ended without this node's doing. */
    void lost(SessionCopy copy) {
        boolean ends = copy.end();
        forget(copy);
        if (ends) {
            copy.conversation.afterwards(copy.container()::ended);
        }
    }

    void forget(SessionCopy copy) {
        if (copy.hasBegun()) {
            copies.remove(copy.key(), copy);
        }
    }

    /** Lets go of the copies that no request has used for so long; not of one that holds values which could not be stored. */
    public void forgetIdleCopies(Duration longest) {
        copies.dropIdle(longest);
    }

    /** Ends the copies that stayed for their node-local values and whose session has ended elsewhere. Asks the database. */
    public void dropOrphans() {
        for (SessionCopy copy : copies.all()) {
            if (copy.holdsNodeLocalValues() && !copy.isInUse() && copy.life() == Life.STORED) {
                copy.conversation.lock();
                try {
                    finder.reload(copy, 0);
                } finally {
                    copy.conversation.unlock();
                }
            }
        }
    }

    /**
     * Removes some expired sessions; those that somebody waits for it claims and lets them be told first. Nothing to do where another
     * node is sweeping at this moment. A row that does not open here is left to other nodes for a week; what is not told within
     * half the lease, or before an interruption, to whoever comes when the lease has run out.
     *
     * @param limit how many at most
     * @param lease after which time another node may claim them again, should this one die
     * @return how many there were
     */
    public int expire(int limit, Duration lease, Farewell farewell) {
        return expiry.expire(limit, lease, farewell);
    }

    /** Removes the rows of those that have been told, should the next one hold up the thread that told them. */
    public void removeTold() {
        expiry.removeTold();
    }

    /** Removes the tombstones that no request can be looking for any more. */
    public void pruneTombstones() {
        store.pruneExpired(false);
    }

    void undecodable(IdHash id, UndecodableException reason) {
        reports.undecodable(id, reason);
    }

    void refused(SessionCopy copy, Encoding.Refusal refusal) {
        copy.keepsNodeLocalValue();
        reports.notStored(copy.key(), refusal);
    }

    private IdHash hash(String sessionId) {
        return IdHash.of(settings.app(), sessionId);
    }
}
