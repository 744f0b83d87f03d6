package dev.holdfast.bench.report;

import dev.holdfast.bench.contestant.Contestant;
import dev.holdfast.bench.load.Workload;
import java.util.List;

/**
 * What was compared, and on what.
 *
 * @param facts of the machine, the versions and the settings, a line each
 */
public record Setting(List<Contestant> contestants, List<Workload> workloads, int rounds, List<String> facts) {}
