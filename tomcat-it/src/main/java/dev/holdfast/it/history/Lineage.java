package dev.holdfast.it.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which id of a session followed which, as far as the client was told, and since when the older ones must be dead. */
final class Lineage {
    private final Map<String, Long> born = new HashMap<>();
    private final Map<String, Long> deadSince = new HashMap<>();
    private final Map<String, Operation> end = new HashMap<>();

    private record Step(String from, String to, Operation by) {}

    Lineage(SessionHistory session) {
        List<Step> steps = new ArrayList<>();
        for (Operation operation : session.requests()) {
            if (!operation.heard().cookie().isEmpty()) {
                born.merge(operation.heard().cookie(), operation.begun(), Math::min);
            }
            String from = operation.presented();
            for (String id : operation.heard().ids()) {
                born.merge(id, operation.begun(), Math::min);
                if (!from.isEmpty() && !from.equals(id) && operation.wasShown()) {
                    steps.add(new Step(from, id, operation));
                    // the answer came after the change
                    kill(from, operation.answered(), operation);
                }
                from = id;
            }
        }
        // Whoever sees a later id alive knows that the earlier ones are dead.
        for (Operation operation : session.requests()) {
            if (SessionHistory.showsAlive(operation)) {
                ancestors(operation.presented(), steps).forEach(id -> kill(id, operation.ended(), operation));
            }
        }
    }

    private static List<String> ancestors(String id, List<Step> steps) {
        List<String> all = new ArrayList<>();
        List<String> open = new ArrayList<>(List.of(id));
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            for (Step step : steps) {
                if (step.to().equals(next) && !step.from().equals(id) && !all.contains(step.from())) {
                    all.add(step.from());
                    open.add(step.from());
                }
            }
        }
        return all;
    }

    private void kill(String id, long time, Operation by) {
        if (time < deadSince.getOrDefault(id, Operation.NEVER)) {
            deadSince.put(id, time);
            end.put(id, by);
        }
    }

    /** When this id had surely been replaced; {@link Operation#NEVER} if that is not known. */
    long deadSince(String id) {
        return deadSince.getOrDefault(id, Operation.NEVER);
    }

    /** The operation that shows it. */
    Optional<Operation> endOf(String id) {
        return Optional.ofNullable(end.get(id));
    }

    /** When the request was begun that made this id. */
    long born(String id) {
        return born.getOrDefault(id, 0L);
    }

    /** What may have ended the id, or the session, before this operation was told that there is none. */
    static Optional<String> excuse(SessionHistory session, Lineage lineage, Operation operation) {
        String id = operation.presented();
        boolean loggedOut = session.logouts().stream().anyMatch(o -> o != operation && o.begun() < operation.ended());
        if (loggedOut) {
            return Optional.of("a log-out");
        }
        boolean rotated = session.rotations().stream()
                .anyMatch(o -> o != operation
                        && o.begun() < operation.ended()
                        && o.over() > lineage.born(id)
                        && !isBirthOf(o, id));
        if (rotated) {
            return Optional.of("a change of the id");
        }
        return ExpiryRule.mayHaveExpired(session, operation) ? Optional.of("its time-out") : Optional.empty();
    }

    /** A change of the id that was answered in full and ended with this id has not replaced it. */
    private static boolean isBirthOf(Operation operation, String id) {
        return operation.outcome() == Operation.Outcome.DONE
                && operation.lastId().filter(id::equals).isPresent();
    }
}
