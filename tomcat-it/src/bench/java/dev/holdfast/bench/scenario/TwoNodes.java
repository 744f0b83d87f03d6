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
 * Two nodes. Each session is written on one node and then read on the other, again and again: no copy of the reading node is
 * ever current. Only the reads are measured; the node that writes is idle meanwhile.
 */
final class TwoNodes implements Scenario {
    private static final double LIMIT = 1.3;

    @Override
    public Findings run(Options options, DatabaseServer database, Narrator narrator) {
        Findings findings = new Findings("Two nodes: reads of which no copy is current, CPU");
        Rounds.run(findings, options, narrator, contestant -> round(contestant, options, database), "sum", LIMIT);
        return findings;
    }

    private static List<Rounds.Figure> round(String contestant, Options options, DatabaseServer database) {
        try (Stand stand = Stand.set(database, Contestants.of(contestant), 2);
                LoadGenerator reader = stand.client(0, options.connections());
                LoadGenerator writer = stand.client(1, options.connections())) {
            int sessions = options.count() > 0 ? (int) options.count() : 4_000;
            List<Visitor> warming = new Visitors(1, sessions).all();
            List<Visitor> measured = new Visitors(1, sessions).all();
            writer.run(Script.once(Path.NEW, warming));
            Meter meter = stand.meter();
            stand.warm(options.warmSeconds(), seconds -> {
                Tally warm = new Tally();
                while (warm.seconds() < seconds) {
                    warm.add(phase(meter, contestant, reader, writer, warming));
                }
            });
            // Sessions that have begun together fall due to be touched together, a minute later: those that warm, just
            // when this measures. What that costs is not asked here, nor what the first fetch of a whole row does.
            writer.run(Script.once(Path.NEW, measured));
            phase(meter, contestant, reader, writer, measured);
            Tally tally = new Tally();
            while (tally.seconds() < options.seconds()) {
                tally.add(phase(meter, contestant, reader, writer, measured));
            }
            return List.of(
                    new Rounds.Figure("Tomcat", tally.webMicros(), "us a read"),
                    new Rounds.Figure("database", tally.storeMicros(), "us a read"),
                    new Rounds.Figure("sum", tally.totalMicros(), "us a read"));
        }
    }

    private static Sample phase(
            Meter meter, String contestant, LoadGenerator reader, LoadGenerator writer, List<Visitor> visitors) {
        writer.run(Script.once(Path.WRITE, visitors));
        Meter.Label label = new Meter.Label(contestant, "stale", 1, Double.NaN);
        return meter.measure(label, () -> reader.run(Script.once(Path.READ, visitors)));
    }
}
