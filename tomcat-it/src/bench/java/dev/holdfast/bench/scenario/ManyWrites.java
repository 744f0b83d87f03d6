package dev.holdfast.bench.scenario;

import dev.holdfast.bench.Narrator;
import dev.holdfast.bench.Options;
import dev.holdfast.bench.contestant.Contestants;
import dev.holdfast.bench.contestant.Stand;
import dev.holdfast.bench.load.LoadGenerator;
import dev.holdfast.bench.load.Path;
import dev.holdfast.bench.load.Script;
import dev.holdfast.bench.load.Visitors;
import dev.holdfast.bench.load.Workload;
import dev.holdfast.bench.meter.DatabaseServer;
import dev.holdfast.bench.meter.Meter;
import dev.holdfast.bench.meter.Sample;
import java.util.List;

/** A million small writes to two thousand sessions: what becomes of the table. */
final class ManyWrites implements Scenario {
    private static final List<String> CONTESTANTS = List.of("floor", "holdfast");
    private static final int SESSIONS = 2_000;
    private static final int WRITES = 1_000_000;
    private static final double AN_HOUR = 3600;
    private static final double MB = 1e6;

    @Override
    public Findings run(Options options, DatabaseServer database, Narrator narrator) {
        Findings findings = new Findings("Many small writes to " + SESSIONS + " sessions");
        int writes = options.count() > 0 ? (int) options.count() : WRITES;
        for (String contestant : CONTESTANTS) {
            narrator.say(contestant + ": " + writes + " writes");
            Sample sample = writes(contestant, writes, options, database);
            findings.add(contestant + ": table before", sample.sizeBefore() / MB, "MB");
            findings.add(contestant + ": table after", sample.sizeAfter() / MB, "MB");
            findings.add(contestant + ": WAL a write", sample.walPerRequest(), "bytes");
            findings.add(contestant + ": HOT share", 100 * sample.hotShare(), "%");
            findings.add(contestant + ": CPU", sample.totalMicros(), "us a write");
            findings.add(contestant + ": rate", sample.perSecond(), "writes/s");
            if (contestant.equals("holdfast")) {
                findings.target("growth of Holdfast's table", (double) sample.sizeAfter() / sample.sizeBefore(), "", 2);
            }
        }
        return findings;
    }

    private static Sample writes(String contestant, int writes, Options options, DatabaseServer database) {
        Visitors visitors = new Visitors(options.connections(), SESSIONS / options.connections());
        try (Stand stand = Stand.set(database, Contestants.of(contestant), 1);
                LoadGenerator client = stand.client(0, options.connections())) {
            client.run(Script.once(Path.NEW, visitors.all()));
            Meter.Label label = new Meter.Label(contestant, "writes", 1, Double.NaN);
            return stand.meter()
                    .measure(label, () -> client.run(Script.atMost(writes, Workload.WRITE, visitors, AN_HOUR)));
        }
    }
}
