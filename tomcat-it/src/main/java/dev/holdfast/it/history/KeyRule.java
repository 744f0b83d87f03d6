package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Outcome;
import dev.holdfast.it.history.Operation.Seen;
import dev.holdfast.it.history.Operation.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Attributes that one client alone changes, one change after the other, until one has an unknown fate. So at any moment
 * their value is known but for one change: a read shows at least what was acknowledged, and at least what any read had shown,
 * before it began, and at most what was begun before it ended.
 */
final class KeyRule implements Checker.Rule {
    private static final String PREFIX = "k.";

    @Override
    public void check(SessionHistory session, List<Violation> found) {
        Map<String, Line> lines = new TreeMap<>();
        for (Operation operation : session.requests()) {
            for (Write write : operation.writes()) {
                if (write.key().startsWith(PREFIX)) {
                    line(lines, write.key()).changes.add(new Change(operation, write));
                }
            }
            if (operation.wasShown()) {
                for (Seen seen : operation.seen()) {
                    if (seen.key().startsWith(PREFIX)) {
                        line(lines, seen.key()).views.add(new View(operation, seen));
                    }
                }
            }
        }
        lines.values().forEach(line -> line.check(session, found));
    }

    private static Line line(Map<String, Line> lines, String key) {
        return lines.computeIfAbsent(key, Line::new);
    }

    private record Change(Operation operation, Write write) {}

    private record View(Operation operation, Seen seen) {
        long version() {
            return seen.version();
        }
    }

    /** The history of one attribute. */
    private static final class Line {
        private final String key;
        private final List<Change> changes = new ArrayList<>();
        private final List<View> views = new ArrayList<>();
        /** Reads that were shown a value, in the order in which they ended. */
        private final List<View> shown = new ArrayList<>();

        Line(String key) {
            this.key = key;
        }

        void check(SessionHistory session, List<Violation> found) {
            changes.sort(Comparator.comparingLong(change -> change.write().version()));
            views.stream()
                    .filter(view -> view.version() > 0 && view.operation().outcome() == Outcome.DONE)
                    .sorted(Comparator.comparingLong(view -> view.operation().ended()))
                    .forEach(view -> {
                        // only those that rise: the highest so far is what counts
                        if (shown.isEmpty()
                                || view.version() > shown.get(shown.size() - 1).version()) {
                            shown.add(view);
                        }
                    });
            boolean unwritten = false;
            boolean older = false;
            for (View view : views) {
                if (!unwritten && isUnwritten(view)) {
                    unwritten = true;
                    found.add(session.violation(
                            Violation.Kind.UNWRITTEN_VALUE,
                            key + " was shown with a value that had not been written then",
                            view.operation()));
                } else if (!older) {
                    Optional<Violation> violation = outdated(session, view);
                    violation.ifPresent(found::add);
                    older = violation.isPresent();
                }
            }
        }

        private boolean isUnwritten(View view) {
            long version = view.version();
            if (version == 0) {
                return false;
            }
            return version == Seen.MALFORMED
                    || version > ceiling(view)
                    || changes.stream()
                            .noneMatch(change -> change.write().version() == version
                                    && !change.write().removes());
        }

        /** The last change that was begun before the view was complete. */
        private long ceiling(View view) {
            return changes.stream()
                    .filter(change ->
                            change.operation().begun() < view.operation().ended())
                    .mapToLong(change -> change.write().version())
                    .max()
                    .orElse(0);
        }

        private Optional<Violation> outdated(SessionHistory session, View view) {
            Optional<Change> acknowledged = changes.stream()
                    .filter(change ->
                            change.write().acknowledged() < view.operation().begun())
                    .reduce((first, second) -> second);
            Optional<View> earlier = shownBefore(view.operation().begun());
            long floor = Math.max(
                    acknowledged.map(change -> change.write().version()).orElse(0L),
                    earlier.map(View::version).orElse(0L));
            if (view.version() >= floor || (view.version() == 0 && mayBeAbsent(floor, view))) {
                return Optional.empty();
            }
            boolean shownLater = isShownLater(view, floor);
            boolean byRead =
                    acknowledged.map(change -> change.write().version()).orElse(0L) < floor;
            Operation before = byRead
                    ? earlier.orElseThrow().operation()
                    : acknowledged.orElseThrow().operation();
            return Optional.of(session.violation(
                    shownLater ? Violation.Kind.STALE_READ : Violation.Kind.LOST_UPDATE,
                    key + " had reached " + floor + (byRead ? ", as was shown," : ", acknowledged,") + " and then was "
                            + view.version()
                            + (shownLater ? "; later it was there" : "; it was never seen again"),
                    before,
                    view.operation()));
        }

        private Optional<View> shownBefore(long time) {
            return shown.stream()
                    .filter(view -> view.operation().ended() < time)
                    .reduce((first, second) -> second);
        }

        /** A removal at or after the floor explains that nothing is there. */
        private boolean mayBeAbsent(long floor, View view) {
            long ceiling = ceiling(view);
            return changes.stream()
                    .map(Change::write)
                    .anyMatch(write -> write.removes() && write.version() >= floor && write.version() <= ceiling);
        }

        /**
         * Whether the missing change came to light afterwards: it, or one that was begun before the view had ended, was shown
         * later, or a change that happens only on top of it did happen.
         */
        private boolean isShownLater(View view, long floor) {
            long begun = view.operation().begun();
            long ceiling = ceiling(view);
            boolean shownLater = views.stream()
                    .anyMatch(other -> other.operation().ended() > begun
                            && other != view
                            && other.version() >= floor
                            && other.version() <= ceiling);
            return shownLater
                    || (Key.Kind.of(key).isGuarded()
                            && changes.stream()
                                    .anyMatch(change -> change.write().version() > floor
                                            && change.operation().begun() >= begun
                                            && change.write().acknowledged() != Operation.NEVER));
        }
    }
}
