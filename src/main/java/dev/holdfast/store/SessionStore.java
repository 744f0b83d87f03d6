package dev.holdfast.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Keeps sealed sessions of one application by id hash. What every implementation promises:
 *
 * <ul>
 *   <li>A session is <em>alive</em> while its row is there, unclaimed, no tombstone, and not yet expired by the store's
 *       own clock. Everything else is absent, to {@link #load} as to every write.
 *   <li>A write addresses one row by key and revision and never brings a row back: {@link #save} updates, only
 *       {@link #create} and {@link #cycle} insert.
 *   <li>A session expires at its last recorded access plus its time-out plus the touch interval, which is at most a tenth
 *       of the time-out: never early, and at most one interval late. An expiry past the year 9999 stays at the end of
 *       that year.
 *   <li>Every method throws {@link StoreUnavailableException} where the store cannot be asked or its answer was lost. None
 *       of them then returns "absent" or "done".
 * </ul>
 *
 * <p>Safe for use by many threads; so are many stores of one application on many nodes.
 */
public interface SessionStore extends AutoCloseable {
    /**
     * How long a tombstone points to its successor at least: longer than any request that may still come by under the old
     * id.
     */
    Duration TOMBSTONE_LIFETIME = Duration.ofHours(1);

    /** Makes the table if it is not there. Idempotent, also when many nodes call it at the same moment. */
    void createSchema();

    /**
     * The live session of this id.
     *
     * @param heldRevision the revision whose contents the caller holds already: if it is still the current one, the row
     *     comes without them; if the base seems to be the same, see {@link Revision}, and there is a delta, it comes with that alone
     * @return the row, or empty where there is none, or it is expired, claimed or a tombstone
     */
    Optional<SessionRow> load(IdHash id, OptionalLong heldRevision);

    /**
     * Inserts a session that begins now.
     *
     * @return {@link CreateResult#EXISTS} if any row of this id is there, dead or alive
     */
    CreateResult create(NewSession session);

    /** Compare-and-set: writes the change if the session is alive and at the expected revision. */
    SaveResult save(IdHash id, long expectedRevision, SessionChange change);

    /**
     * Records an access: moves last access and expiry forward, never back. Follows tombstones.
     *
     * @return whether there was a live session to touch
     */
    boolean touch(IdHash id);

    /**
     * Removes the session, following tombstones to wherever it went. Idempotent.
     *
     * @return whether this call removed a live session; one that has expired or is claimed is left to the sweep
     */
    boolean delete(IdHash id);

    /**
     * Gives the session a new id, in one transaction: its row becomes a tombstone without contents that points to the
     * successor, and the successor's row appears with the given contents and the old row's time of creation. At any moment
     * exactly one of the two is alive. Unless the result is {@link SaveResult.Saved}, nothing has changed.
     *
     * @param successor the new row; its id must be unused
     * @throws IllegalStateException if the successor's id is in use; nothing has changed
     */
    SaveResult cycle(IdHash old, long expectedRevision, NewSession successor);

    /**
     * Looks through expired sessions, the longest expired first, and either claims them for destruction or removes them at once. A claim
     * whose lease has run out counts as none, once there are no others. When another node is sweeping at this moment, does nothing instead
     * of waiting.
     *
     * @param limit how many at most; fewer where they are large, but none only where there are none
     * @param lease how long other nodes leave those alone that are claimed
     * @param toBeClaimed which are claimed, because somebody has to be told before the row goes; asked of each, perhaps more than once,
     *     while other nodes do not sweep: it should be quick, and must not ask this store anything. If it throws, nothing has changed
     */
    Swept sweepExpired(int limit, Duration lease, Predicate<SessionRow> toBeClaimed);

    /**
     * Removes claimed sessions, each if its token is still the one that claimed it.
     *
     * @return how many were removed
     */
    int deleteClaimed(List<ClaimedSession> claimed);

    /**
     * Removes what has expired and needs no farewell, in batches that several nodes can run at once: tombstones always, and
     * sessions too if asked. Rows under a running claim are left alone. When another node is sweeping at this moment, leaves
     * the rest to it instead of waiting.
     *
     * @param sessionsToo whether expired sessions go as well, without anybody being told
     * @return how many rows were removed
     */
    int pruneExpired(boolean sessionsToo);

    /** How many sessions of this application are alive, on whatever node. Reads an index range: not for every request. */
    long countAlive();

    /** Asks the store whether it is well. Answers within two seconds, whatever happens, and never throws. */
    HealthStatus health();

    /** Gives back what the store holds. Idempotent; afterwards every method fails with {@link StoreUnavailableException}. */
    @Override
    void close();
}
