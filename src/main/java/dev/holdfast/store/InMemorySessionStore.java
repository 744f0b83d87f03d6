package dev.holdfast.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in this JVM's memory, with exactly the meaning of {@link PostgresSessionStore}: for tests, where its clock can
 * be set, and to stand for the database of several engines at once. Nothing survives {@link #close}.
 *
 * <p>Safe for use by many threads: one lock, and no operation is ever seen half done.
 */
public final class InMemorySessionStore implements SessionStore {
    private static final HealthStatus HEALTHY = new HealthStatus.Healthy("The store is in memory.");
    private static final HealthStatus CLOSED = new HealthStatus.Unhealthy("The store is closed.");

    private final Duration touchInterval;
    private final InstantSource clock;
    private final NavigableMap<IdHash, MemoryRow> rows = new TreeMap<>();
    private boolean closed;

    /**
     * An empty store.
     *
     * @param touchInterval how long an access may go unrecorded; a tenth of the time-out where that is shorter
     * @param clock decides every expiry
     */
    public InMemorySessionStore(Duration touchInterval, InstantSource clock) {
        this.touchInterval = touchInterval;
        this.clock = clock;
    }

    @Override
    public synchronized void createSchema() {
        requireOpen("createSchema", null);
    }

    @Override
    public synchronized Optional<SessionRow> load(IdHash id, OptionalLong heldRevision) {
        requireOpen("load", id);
        Instant now = clock.instant();
        return alive(id, now).map(row -> row.seen(now, heldRevision));
    }

    @Override
    public synchronized CreateResult create(NewSession session) {
        session.requireNoDelta();
        requireOpen("create", session.idHash());
        Instant now = clock.instant();
        MemoryRow row = MemoryRow.born(session, now, now, touchInterval);
        return rows.putIfAbsent(session.idHash(), row) == null ? CreateResult.CREATED : CreateResult.EXISTS;
    }

    @Override
    public synchronized SaveResult save(IdHash id, long expectedRevision, SessionChange change) {
        requireOpen("save", id);
        Instant now = clock.instant();
        Optional<MemoryRow> row = alive(id, now).filter(found -> found.revision() == expectedRevision);
        if (row.isEmpty()) {
            return whyNot(id, now);
        }
        rows.put(id, row.get().changed(change, now, touchInterval));
        return new SaveResult.Saved();
    }

    @Override
    public synchronized boolean touch(IdHash id) {
        requireOpen("touch", id);
        Instant now = clock.instant();
        Optional<MemoryRow> row = alive(whereItWent(id), now);
        row.ifPresent(found -> rows.put(found.idHash(), found.touched(now, touchInterval)));
        return row.isPresent();
    }

    @Override
    public synchronized boolean delete(IdHash id) {
        requireOpen("delete", id);
        Optional<MemoryRow> row = alive(whereItWent(id), clock.instant());
        row.ifPresent(found -> rows.remove(found.idHash()));
        return row.isPresent();
    }

    @Override
    public synchronized SaveResult cycle(IdHash old, long expectedRevision, NewSession successor) {
        requireOpen("change of id", old);
        Instant now = clock.instant();
        Optional<MemoryRow> row = alive(old, now).filter(found -> found.revision() == expectedRevision);
        if (row.isEmpty()) {
            return whyNot(old, now);
        }
        if (rows.containsKey(successor.idHash())) {
            throw new IllegalStateException(
                    "session " + old + " cannot change to the id of session " + successor.idHash() + ": it is in use");
        }
        rows.put(old, row.get().buried(successor, now));
        rows.put(successor.idHash(), MemoryRow.born(successor, row.get().createdAt(), now, touchInterval));
        return new SaveResult.Saved();
    }

    @Override
    public synchronized Swept sweepExpired(int limit, Duration lease, Predicate<SessionRow> toBeClaimed) {
        requireOpen("sweeping expired sessions", null);
        Instant now = clock.instant();
        UUID token = UUID.randomUUID();
        Map<Boolean, List<SessionRow>> byAwaited = expired(now)
                .filter(row -> row.movedTo() == null && row.unclaimed(now))
                .sorted(Comparator.comparing(MemoryRow::expiresAt))
                .limit(limit)
                .sorted(Comparator.comparing(MemoryRow::idHash))
                .map(row -> row.seen(now, OptionalLong.empty()))
                .collect(Collectors.partitioningBy(toBeClaimed));
        List<SessionRow> removed = byAwaited.getOrDefault(false, List.of());
        removed.forEach(row -> rows.remove(row.idHash()));
        List<ClaimedSession> claimed = new ArrayList<>();
        for (SessionRow row : byAwaited.getOrDefault(true, List.of())) {
            rows.computeIfPresent(row.idHash(), (id, held) -> held.claimed(token, now.plus(lease)));
            claimed.add(new ClaimedSession(row, token));
        }
        return new Swept(List.copyOf(removed), List.copyOf(claimed));
    }

    @Override
    public synchronized int deleteClaimed(List<ClaimedSession> claimed) {
        requireOpen("removing claimed sessions", null);
        int removed = 0;
        for (ClaimedSession session : claimed) {
            IdHash id = session.row().idHash();
            MemoryRow row = rows.get(id);
            if (row != null && session.token().equals(row.claim())) {
                rows.remove(id);
                removed++;
            }
        }
        return removed;
    }

    @Override
    public synchronized int pruneExpired(boolean sessionsToo) {
        requireOpen("pruning expired rows", null);
        Instant now = clock.instant();
        Predicate<MemoryRow> prunable = row -> row.movedTo() != null || (sessionsToo && row.unclaimed(now));
        List<IdHash> doomed =
                expired(now).filter(prunable).map(MemoryRow::idHash).toList();
        doomed.forEach(rows::remove);
        return doomed.size();
    }

    @Override
    public synchronized long countAlive() {
        requireOpen("count", null);
        Instant now = clock.instant();
        return rows.values().stream().filter(row -> row.alive(now)).count();
    }

    @Override
    public synchronized HealthStatus health() {
        return closed ? CLOSED : HEALTHY;
    }

    @Override
    public synchronized void close() {
        closed = true;
        rows.clear();
    }

    private Optional<MemoryRow> alive(IdHash id, Instant now) {
        return Optional.ofNullable(rows.get(id)).filter(row -> row.alive(now));
    }

    private Stream<MemoryRow> expired(Instant now) {
        return rows.values().stream().filter(row -> row.expired(now));
    }

    private IdHash whereItWent(IdHash id) {
        IdHash at = id;
        for (MemoryRow row = rows.get(at); row != null && row.movedTo() != null; row = rows.get(at)) {
            at = row.movedTo();
        }
        return at;
    }

    private SaveResult whyNot(IdHash id, Instant now) {
        MemoryRow row = rows.get(id);
        if (row != null && row.movedTo() != null) {
            return new SaveResult.Moved(row.movedTo());
        }
        return row != null && row.alive(now)
                ? new SaveResult.Conflict(row.seen(now, OptionalLong.empty()))
                : new SaveResult.Gone();
    }

    private void requireOpen(String operation, @Nullable IdHash id) {
        if (closed) {
            String what = id == null ? operation : operation + " of session " + id;
            throw new StoreUnavailableException(what + " failed: the store is closed", null);
        }
    }
}
