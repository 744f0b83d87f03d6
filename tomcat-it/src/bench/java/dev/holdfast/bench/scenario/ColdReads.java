package dev.holdfast.bench.scenario;

import dev.holdfast.bench.Narrator;
import dev.holdfast.bench.Options;
import dev.holdfast.bench.contestant.Contestants;
import dev.holdfast.bench.contestant.Stand;
import dev.holdfast.bench.load.LoadGenerator;
import dev.holdfast.bench.load.Path;
import dev.holdfast.bench.load.Script;
import dev.holdfast.bench.load.Visitor;
import dev.holdfast.bench.load.Visitors;
import dev.holdfast.bench.meter.DatabaseServer;
import dev.holdfast.bench.meter.Meter;
import dev.holdfast.bench.meter.Sample;
import java.util.List;

/**
 * A node is restarted and then asked once for each of many sessions that its neighbour has begun, and of which nothing is in its
 * memory. Others warm it before, again and again: there are far more of them than it keeps copies of.
 */
final class ColdReads implements Scenario {
    private static final int SESSIONS = 30_000;
    private static final double LIMIT = 1.3;

    @Override
    public Findings run(Options options, DatabaseServer database, Narrator narrator) {
        Findings findings = new Findings("Cold reads after a restart, CPU");
        Rounds.run(findings, options, narrator, contestant -> round(contestant, options, database), "sum", LIMIT);
        return findings;
    }

    private static List<Rounds.Figure> round(String contestant, Options options, DatabaseServer database) {
        int sessions = options.count() > 0 ? (int) options.count() : SESSIONS;
        List<Visitor> warming = new Visitors(1, sessions).all();
        List<Visitor> measured = new Visitors(1, sessions).all();
        try (Stand stand = Stand.set(database, Contestants.of(contestant), 2);
                LoadGenerator neighbour = stand.client(1, options.connections())) {
            neighbour.run(Script.once(Path.NEW, warming));
            stand.node(0).restart();
            try (LoadGenerator client = stand.client(0, options.connections())) {
                stand.warm(options.warmSeconds(), seconds -> {
                    long end = System.nanoTime() + (long) (seconds * 1e9);
                    do {
                        client.run(Script.once(Path.READ, warming));
                    } while (System.nanoTime() - end < 0);
                });
                // as young as in the other runs: an access that must be recorded is not what is asked here
                neighbour.run(Script.once(Path.NEW, measured));
                Meter.Label label = new Meter.Label(contestant, "cold", 1, Double.NaN);
                Sample sample = stand.meter().measure(label, () -> client.run(Script.once(Path.READ, measured)));
                return List.of(
                        new Rounds.Figure("Tomcat", sample.webMicros(), "us a read"),
                        new Rounds.Figure("sum", sample.totalMicros(), "us a read"),
                        new Rounds.Figure("p99", sample.p99Micros(), "us"));
            }
        }
    }
}
