package dev.holdfast.session;

import dev.holdfast.store.CreateResult;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.NewSession;
import dev.holdfast.store.SaveResult;
import dev.holdfast.store.SessionChange;
import dev.holdfast.store.SessionRow;
import dev.holdfast.store.SessionStore;
import dev.holdfast.store.StoreUnavailableException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes to the store. Where the database's answer is lost, they ask once more: the row tells what has become of a change, being at the
 * change's own revision, still at the one before, or somebody else's. What cannot be found out stays a
 * {@link StoreUnavailableException}. Safe for use by many threads.
 */
final class SettledWrites {
    private final SessionStore store;

    SettledWrites(SessionStore store) {
        this.store = store;
    }

    /** @return {@link CreateResult#EXISTS} also where the first attempt may have arrived: its revision is in the row then */
    CreateResult create(NewSession session) {
        try {
            return store.create(session);
        } catch (StoreUnavailableException lost) {
            return store.create(session);
        }
    }

    /**
     * Asked again, it is gone for certain, wherever it had moved. That the first call removed it is the likeliest: its listeners are told
     * here rather than nowhere.
     */
    boolean delete(IdHash key) {
        try {
            return store.delete(key);
        } catch (StoreUnavailableException lost) {
            store.delete(key);
            return true;
        }
    }

    /**
     * @throws StoreUnavailableException also where the answer was lost and the row is gone, has moved, or is somebody else's: nobody can
     *     tell whether this was before
     */
    SaveResult save(SessionCopy copy, SessionChange change) {
        try {
            return store.save(copy.key(), copy.revision(), change);
        } catch (StoreUnavailableException lost) {
            Optional<SessionRow> row = store.load(copy.key(), OptionalLong.of(copy.revision()));
            if (row.isPresent() && row.get().revision() == change.newRevision()) {
                return new SaveResult.Saved();
            }
            if (row.isPresent() && row.get().revision() == copy.revision()) {
                return saveAgain(copy, change, lost);
            }
            throw lost;
        }
    }

    /** The first attempt may still arrive, before this one, and somebody may build on it at once: then nothing is merged. */
    private SaveResult saveAgain(SessionCopy copy, SessionChange change, StoreUnavailableException lost) {
        SaveResult again = store.save(copy.key(), copy.revision(), change);
        if (again instanceof SaveResult.Conflict conflict && conflict.current().revision() == change.newRevision()) {
            return new SaveResult.Saved();
        }
        if (again instanceof SaveResult.Saved || again instanceof SaveResult.Gone) {
            return again;
        }
        throw lost;
    }

    /** A first attempt that arrives late lets the second one find the session moved: to its own successor. */
    SaveResult cycle(SessionCopy copy, NewSession successor) {
        try {
            return store.cycle(copy.key(), copy.revision(), successor);
        } catch (StoreUnavailableException lost) {
            if (store.load(successor.idHash(), OptionalLong.of(successor.revision()))
                    .isPresent()) {
                // Nobody else could have drawn that id. If its row is at another revision, somebody has followed there
                // and changed it since: the next save finds that out.
                return new SaveResult.Saved();
            }
            Optional<SessionRow> old = store.load(copy.key(), OptionalLong.of(copy.revision()));
            if (old.isPresent() && old.get().revision() == copy.revision()) {
                return store.cycle(copy.key(), copy.revision(), successor);
            }
            throw lost;
        }
    }
}
