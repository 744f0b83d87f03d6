package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Seen;
import dev.holdfast.it.history.Operation.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two attributes that several clients change, always both in one request, each client on a node of its own. The last save
 * wins, but it wins both; and what was overwritten does not come back. Within one JVM requests see one another's changes as
 * they happen, as with any Tomcat: where two requests shared a node, what was seen half done is no violation.
 */
final class PairRule implements Checker.Rule {
    private static final String ONE = "m.a";
    private static final String OTHER = "m.b";

    @Override
    public void check(SessionHistory session, List<Violation> found) {
        Map<Long, Operation> writers = new HashMap<>();
        for (Operation operation : session.requests()) {
            for (Write write : operation.writes()) {
                if (write.key().equals(ONE)) {
                    writers.put(write.version(), operation);
                }
            }
        }
        boolean torn = false;
        boolean old = false;
        for (Operation view : session.requests()) {
            Optional<Long> one = version(view, ONE);
            Optional<Long> other = version(view, OTHER);
            if (one.isEmpty() || other.isEmpty() || !view.wasShown()) {
                continue;
            }
            Operation writer = writers.get(one.get());
            Operation otherWriter = writers.get(other.get());
            if (isUnwritten(writer, one.get(), view) || isUnwritten(otherWriter, other.get(), view)) {
                found.add(session.violation(
                        Violation.Kind.UNWRITTEN_VALUE, "the pair has a value that had not been written then", view));
                return;
            }
            if (!torn
                    && !one.get().equals(other.get())
                    && !isShared(session, writer)
                    && !isShared(session, otherWriter)) {
                torn = true;
                found.add(session.violation(
                        Violation.Kind.TORN_SESSION,
                        "one request wrote both of the pair, and they were seen apart: " + one.get() + ", "
                                + other.get(),
                        view));
            }
            if (!old) {
                Optional<Violation> violation = overwritten(session, view, one.get(), writer, writers);
                violation.ifPresent(found::add);
                old = violation.isPresent();
            }
        }
    }

    private static Optional<Long> version(Operation view, String key) {
        return view.seen().stream()
                .filter(seen -> seen.key().equals(key))
                .map(Seen::version)
                .findFirst();
    }

    private static boolean isUnwritten(@Nullable Operation writer, long version, Operation view) {
        return version != 0 && (writer == null || writer.begun() >= view.ended());
    }

    /** Whether another request of the session may have run on the writer's node at the same time. */
    private static boolean isShared(SessionHistory session, @Nullable Operation writer) {
        return writer != null
                && session.requests().stream()
                        .anyMatch(o -> o != writer && o.node() == writer.node() && o.overlaps(writer));
    }

    private static Optional<Violation> overwritten(
            SessionHistory session,
            Operation view,
            long version,
            @Nullable Operation writer,
            Map<Long, Operation> writers) {
        long writerOver = writer == null ? 0 : writer.over();
        return writers.entrySet().stream()
                .filter(entry -> entry.getKey() != version)
                .filter(entry -> entry.getValue().begun() > writerOver)
                .filter(entry -> acknowledged(entry.getValue()) < view.begun())
                .findFirst()
                .map(entry -> {
                    boolean later = session.requests().stream()
                            .filter(o -> o.begun() > view.begun())
                            .anyMatch(o -> version(o, ONE)
                                    .filter(entry.getKey()::equals)
                                    .isPresent());
                    return session.violation(
                            later ? Violation.Kind.STALE_READ : Violation.Kind.LOST_UPDATE,
                            "the pair was seen as it had been before an acknowledged change",
                            entry.getValue(),
                            view);
                });
    }

    private static long acknowledged(Operation operation) {
        return operation.writes().stream()
                .filter(write -> write.key().equals(ONE))
                .mapToLong(Write::acknowledged)
                .findFirst()
                .orElse(Operation.NEVER);
    }
}
