package dev.holdfast.bench.scenario;

import dev.holdfast.bench.Run;

/** Which scenario a run is. */
public final class Scenarios {
    private Scenarios() {}

    /** @throws IllegalArgumentException for a run that is none */
    public static Scenario of(Run run) {
        return switch (run) {
            case TWO_NODES -> new TwoNodes();
            case COLD -> new ColdReads();
            case WRITES -> new ManyWrites();
            case SIZE -> new TableSizes();
            case SWEEP -> new ForegroundDuringSweep();
            case TABLE, JMH -> throw new IllegalArgumentException(run + " is no scenario");
        };
    }
}
