package dev.holdfast.bench.report;

import dev.holdfast.bench.meter.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** All samples of a benchmark, and what could not be sampled. Not safe for use by several threads. */
public final class Results {
    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, String> remarks = new LinkedHashMap<>();
    private boolean failed;

    public void add(Sample sample) {
        samples.add(sample);
    }

    /** A contestant that does not take part, and why. */
    public void missing(String contestant, String why) {
        remarks.put(contestant, why);
    }

    /** A contestant that answered wrongly, or not at all; {@code decisive} if the benchmark fails by it. */
    public void failed(String contestant, String why, boolean decisive) {
        remarks.put(contestant, "failed " + why);
        failed |= decisive;
    }

    /** Whether one of those answered wrongly on which everything depends. */
    public boolean hasFailed() {
        return failed;
    }

    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    Optional<String> remark(String contestant) {
        return Optional.ofNullable(remarks.get(contestant));
    }

    /** A figure of one contestant at one workload, over all rounds. */
    public Optional<Spread> spread(String contestant, String workload, ToDoubleFunction<Sample> figure) {
        double[] values = samples.stream()
                .filter(sample -> sample.contestant().equals(contestant)
                        && sample.workload().equals(workload))
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** Medians of the cost in CPU, this contestant's divided by the other's. */
    public Optional<Double> ratio(String contestant, String other, String workload) {
        Optional<Spread> ours = spread(contestant, workload, Sample::totalMicros);
        return spread(other, workload, Sample::totalMicros)
                .flatMap(theirs -> ours.map(spread -> spread.median() / theirs.median()));
    }
}
