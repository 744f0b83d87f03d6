package dev.holdfast.it.history;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A session lives for its time-out after each request that found it, and at most a tenth longer. The database's clock decides
 * that, and it is not ours; but both run on.
 */
final class ExpiryRule implements Checker.Rule {
    /** What two clocks of one machine may differ by over a few seconds. */
    private static final long CLOCKS_NANOS = 50_000_000L;
    /** What a time-out may be late by, besides the interval in which accesses are recorded. */
    private static final long LATE_NANOS = 500_000_000L;

    @Override
    public void check(SessionHistory session, List<Violation> found) {
        if (session.timeoutSeconds() == 0) {
            return;
        }
        Lineage lineage = new Lineage(session);
        for (Operation operation : session.requests()) {
            if (SessionHistory.showsDead(operation)
                    && Lineage.excuse(session, lineage, operation).isEmpty()) {
                found.add(session.violation(
                        Violation.Kind.EARLY_EXPIRY,
                        "it had been in use within its time-out",
                        lastUse(session, operation).orElse(operation),
                        operation));
                return;
            }
            if (SessionHistory.showsAlive(operation)
                    && operation.kind() != Operation.Kind.START
                    && isLate(session, operation)) {
                found.add(session.violation(
                        Violation.Kind.LATE_EXPIRY, "nobody had used it for longer than its time-out", operation));
                return;
            }
        }
    }

    /** Whether no request that found the session forbids that it had expired when this operation was told so. */
    static boolean mayHaveExpired(SessionHistory session, Operation operation) {
        return session.timeoutSeconds() > 0
                && lastUse(session, operation)
                        .filter(use -> use.begun() + timeoutNanos(session) - CLOCKS_NANOS > operation.ended())
                        .isEmpty();
    }

    /** The last request that surely came before this one and found the session. */
    private static Optional<Operation> lastUse(SessionHistory session, Operation operation) {
        return session.requests().stream()
                .filter(o -> SessionHistory.showsAlive(o) && o.ended() < operation.begun())
                .reduce((first, second) -> first.begun() > second.begun() ? first : second);
    }

    private static boolean isLate(SessionHistory session, Operation operation) {
        long limit = timeoutNanos(session) + timeoutNanos(session) / 10 + LATE_NANOS;
        return session.requests().stream()
                .filter(o -> o != operation && o.outcome() != Operation.Outcome.NOT_SENT)
                .noneMatch(o -> o.begun() <= operation.begun()
                        && (o.over() == Operation.NEVER || o.over() + limit > operation.begun()));
    }

    static long timeoutNanos(SessionHistory session) {
        return TimeUnit.SECONDS.toNanos(session.timeoutSeconds());
    }
}
