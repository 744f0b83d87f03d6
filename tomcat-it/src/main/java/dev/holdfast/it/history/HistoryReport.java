package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Kind;
import dev.holdfast.it.history.Operation.Outcome;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run has shown. */
public record HistoryReport(HistoryPlan plan, History history, List<Violation> violations) {
    private static final int SHOWN = 25;

    /** How many operations of this kind were answered to the end, the application having found its session. */
    public long acknowledged(Kind kind) {
        return history.operations().stream()
                .filter(o -> o.kind() == kind && o.outcome() == Outcome.DONE)
                .count();
    }

    /** The kinds of violations that there are. */
    public Set<Violation.Kind> kinds() {
        return violations.stream().map(Violation::kind).collect(Collectors.toSet());
    }

    /** The latency below which this many hundredths of the acknowledged operations of a kind stayed, in milliseconds. */
    public double latencyMillis(Kind kind, int percentile) {
        List<Long> nanos = history.operations().stream()
                .filter(o -> o.kind() == kind && o.outcome() == Outcome.DONE)
                .map(o -> o.ended() - o.begun())
                .sorted(Comparator.naturalOrder())
                .toList();
        return nanos.isEmpty() ? 0 : nanos.get((nanos.size() - 1) * percentile / 100) / 1e6;
    }

    /** The figures as a table, and then the violations. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("History on ").append(plan.line()).append(", ").append(plan.nodes());
        text.append(" nodes, seed ").append(plan.seed()).append('\n');
        text.append(String.format(
                "%-8s %8s %8s %8s %8s %9s %9s%n", "", "done", "broken", "unknown", "not sent", "p50 ms", "p99 ms"));
        for (Kind kind : Kind.values()) {
            Map<Outcome, Long> outcomes = history.operations().stream()
                    .filter(o -> o.kind() == kind)
                    .collect(Collectors.groupingBy(
                            Operation::outcome, () -> new EnumMap<>(Outcome.class), Collectors.counting()));
            text.append(String.format(
                    "%-8s %8d %8d %8d %8d %9.1f %9.1f%n",
                    kind,
                    outcomes.getOrDefault(Outcome.DONE, 0L),
                    outcomes.getOrDefault(Outcome.BROKEN, 0L),
                    outcomes.getOrDefault(Outcome.UNKNOWN, 0L),
                    outcomes.getOrDefault(Outcome.NOT_SENT, 0L),
                    latencyMillis(kind, 50),
                    latencyMillis(kind, 99)));
        }
        text.append("faults: ")
                .append(count(history.faults().stream().map(Fault::kind)))
                .append('\n');
        text.append("sessions: ")
                .append(acknowledged(Kind.START))
                .append(", events: ")
                .append(count(history.events().stream().map(SessionEvent::name)))
                .append('\n');
        text.append("violations: ")
                .append(
                        violations.isEmpty()
                                ? "none"
                                : count(violations.stream().map(Violation::kind)))
                .append('\n');
        violations.stream()
                .limit(SHOWN)
                .forEach(v -> text.append("  ").append(v).append('\n'));
        if (violations.size() > SHOWN) {
            text.append("  and ").append(violations.size() - SHOWN).append(" more\n");
        }
        return text.toString();
    }

    private static <T> Map<T, Long> count(java.util.stream.Stream<T> things) {
        return things.collect(Collectors.groupingBy(t -> t, TreeMap::new, Collectors.counting()));
    }

    @Override
    public String toString() {
        return text();
    }
}
