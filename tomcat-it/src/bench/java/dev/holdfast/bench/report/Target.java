package dev.holdfast.bench.report;

import dev.holdfast.bench.meter.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What Holdfast must reach, and what it has reached.
 *
 * @param limit the greatest value that is good
 */
public record Target(String what, double limit, double reached) {
    private static final String OURS = "holdfast";
    private static final double BYTES_PER_WRITE = 500;

    public boolean isMet() {
        return reached <= limit;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %-58s at most %7.2f   %8.2f", isMet() ? "✓" : "✗", what, limit, reached);
    }

    /** Those about which these results say something. */
    static List<Target> of(Results results) {
        List<Target> targets = new ArrayList<>();
        ratio(targets, results, "none", "memory", 1.1);
        statements(targets, results, "none", 0);
        ratio(targets, results, "read", "floor", 1.0);
        ratio(targets, results, "read", "spring", 1 / 4.0);
        ratio(targets, results, "read", "redisson", 1 / 7.0);
        ratio(targets, results, "write", "floor", 0.65);
        ratio(targets, results, "write", "spring", 1 / 2.0);
        ratio(targets, results, "cart", "floor", 0.7);
        ratio(targets, results, "cart", "spring", 1 / 2.0);
        ratio(targets, results, "new", "floor", 1.2);
        ratio(targets, results, "mix", "floor", 0.75);
        results.spread(OURS, "write", Sample::walPerRequest)
                .ifPresent(wal -> targets.add(new Target("write: bytes of WAL", BYTES_PER_WRITE, wal.median())));
        results.spread(OURS, "write", sample -> 1 - sample.hotShare())
                .ifPresent(rest -> targets.add(new Target("write: share of updates not HOT", 0.05, rest.median())));
        return targets;
    }

    private static void ratio(List<Target> targets, Results results, String workload, String other, double limit) {
        Optional<Double> ratio = results.ratio(OURS, other, workload);
        ratio.ifPresent(
                reached -> targets.add(new Target(workload + ": CPU in proportion to " + other, limit, reached)));
    }

    private static void statements(List<Target> targets, Results results, String workload, double limit) {
        results.spread(OURS, workload, Sample::statements)
                .ifPresent(
                        found -> targets.add(new Target(workload + ": statements a request", limit, found.median())));
    }
}
