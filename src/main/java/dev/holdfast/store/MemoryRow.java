package dev.holdfast.store;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row as {@link InMemorySessionStore} keeps it: the columns of the table, and what each write makes of them. */
record MemoryRow(
        IdHash idHash,
        long revision,
        Instant createdAt,
        Instant accessedAt,
        int maxInactiveSeconds,
        Instant expiresAt,
        @Nullable IdHash movedTo,
        @Nullable UUID claim,
        @Nullable Instant claimedUntil,
        byte @Nullable [] base,
        byte @Nullable [] delta) {

    /** The expiry of a session that never expires. */
    private static final Instant NEVER = Instant.MAX;

    /** No expiry lies beyond: later years do not survive every client of PostgreSQL. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    static MemoryRow born(NewSession session, Instant createdAt, Instant now, Duration touchInterval) {
        int timeout = session.maxInactiveSeconds();
        return new MemoryRow(
                session.idHash(),
                session.revision(),
                createdAt,
                now,
                timeout,
                expiry(now, timeout, touchInterval),
                null,
                null,
                null,
                session.base(),
                session.delta());
    }

    private static Instant expiry(Instant access, int timeoutSeconds, Duration touchInterval) {
        if (timeoutSeconds <= 0) {
            return NEVER;
        }
        Duration timeout = Duration.ofSeconds(timeoutSeconds);
        Instant expiry = access.plus(timeout).plus(earlier(touchInterval, timeout.dividedBy(10)));
        return expiry.isBefore(LAST) ? expiry : LAST;
    }

    private static Duration earlier(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    boolean alive(Instant now) {
        return movedTo == null && claim == null && !expired(now);
    }

    boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    boolean unclaimed(Instant now) {
        return claimedUntil == null || claimedUntil.isBefore(now);
    }

    SessionRow seen(Instant now, OptionalLong heldRevision) {
        boolean held = heldRevision.isPresent() && heldRevision.getAsLong() == revision;
        boolean baseHeld = held
                || (heldRevision.isPresent()
                        && delta != null
                        && Revision.mayShareBase(heldRevision.getAsLong(), revision));
        Duration remaining = expiresAt.equals(NEVER) ? SessionRow.FOREVER : Duration.between(now, expiresAt);
        return new SessionRow(
                idHash,
                revision,
                createdAt,
                accessedAt,
                maxInactiveSeconds,
                remaining,
                baseHeld ? null : base,
                held ? null : delta);
    }

    MemoryRow changed(SessionChange change, Instant now, Duration touchInterval) {
        Instant access = later(accessedAt, now);
        int timeout = change.maxInactiveSeconds().orElse(maxInactiveSeconds);
        Instant moved = expiry(access, timeout, touchInterval);
        Instant expiry = expiresAt;
        if (change.maxInactiveSeconds().isPresent()) {
            expiry = moved;
        } else if (change.touch()) {
            expiry = later(expiresAt, moved);
        }
        return new MemoryRow(
                idHash,
                change.newRevision(),
                createdAt,
                access,
                timeout,
                expiry,
                null,
                null,
                null,
                change.base() == null ? base : change.base(),
                change.delta());
    }

    MemoryRow touched(Instant now, Duration touchInterval) {
        Instant access = later(accessedAt, now);
        Instant expiry = later(expiresAt, expiry(access, maxInactiveSeconds, touchInterval));
        return new MemoryRow(
                idHash, revision, createdAt, access, maxInactiveSeconds, expiry, null, null, null, base, delta);
    }

    MemoryRow buried(NewSession successor, Instant now) {
        return new MemoryRow(
                idHash,
                successor.revision(),
                createdAt,
                accessedAt,
                maxInactiveSeconds,
                now.plus(SessionStore.TOMBSTONE_LIFETIME),
                successor.idHash(),
                null,
                null,
                null,
                null);
    }

    MemoryRow claimed(UUID token, Instant until) {
        return new MemoryRow(
                idHash,
                revision,
                createdAt,
                accessedAt,
                maxInactiveSeconds,
                expiresAt,
                null,
                token,
                until,
                base,
                delta);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
