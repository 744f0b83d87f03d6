package dev.holdfast.bench.scenario;

/** Holdfast in proportion to the floor. */
final class Ratios {
    private Ratios() {}

    /** Adds the ratio of the figures that each of both has under this name. */
    static void target(Findings findings, String name, double limit) {
        findings.median("holdfast: " + name).ifPresent(ours -> findings.median("floor: " + name)
                .ifPresent(floor -> findings.target("in proportion to the floor: " + name, ours / floor, "", limit)));
    }
}
