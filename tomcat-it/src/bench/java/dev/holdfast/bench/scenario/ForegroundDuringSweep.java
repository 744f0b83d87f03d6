package dev.holdfast.bench.scenario;

import dev.holdfast.bench.Narrator;
import dev.holdfast.bench.Options;
import dev.holdfast.bench.contestant.Contestant;
import dev.holdfast.bench.contestant.Holdfast;
import dev.holdfast.bench.contestant.Stand;
import dev.holdfast.bench.load.LoadGenerator;
import dev.holdfast.bench.load.LoadResult;
import dev.holdfast.bench.load.Path;
import dev.holdfast.bench.load.Script;
import dev.holdfast.bench.load.Visitors;
import dev.holdfast.bench.load.Workload;
import dev.holdfast.bench.meter.DatabaseServer;
import java.util.Locale;

/**
 * Many real sessions expire at one moment, while other users go on: how fast they are swept, and what the others notice.
 * Once for an application without listeners, once for one whose listener wants to see each session end.
 */
final class ForegroundDuringSweep implements Scenario {
    private static final int EXPIRED = 100_000;
    private static final double A_LONG_TIME = 600;

    /** Long enough for a p99 that does not hang on a few requests. */
    private static final double A_WHILE = 10;

    /**
     * What the others ask in a second, all together: a machine that has something to do, and something left. Where they ask as fast as they
     * get their answers, nothing is left for anybody, and only the scheduler's fairness would be measured.
     */
    private static final double REQUESTS_PER_SECOND = 2_000;

    @Override
    public Findings run(Options options, DatabaseServer database, Narrator narrator) {
        Findings findings = new Findings("A sweep of expired sessions beside foreground requests");
        for (boolean listening : new boolean[] {false, true}) {
            sweep(
                    Holdfast.sweeping(listening),
                    listening ? "with a listener" : "without listeners",
                    options,
                    database,
                    narrator,
                    findings);
        }
        return findings;
    }

    private static void sweep(
            Contestant contestant,
            String kind,
            Options options,
            DatabaseServer database,
            Narrator narrator,
            Findings findings) {
        int expired = options.count() > 0 ? (int) options.count() : EXPIRED;
        // as many again are swept before, to warm what sweeps
        Visitors doomed = new Visitors(options.connections(), Math.max(1, 2 * expired / options.connections()));
        Visitors others = new Visitors(options.connections(), options.sessionsPerConnection());
        try (Stand stand = Stand.set(database, contestant, 1)) {
            Doomed table = new Doomed(database.sql(), stand.schema() + ".holdfast_session");
            narrator.say(kind + ": making " + 2 * expired + " sessions …");
            try (LoadGenerator client = stand.client(0, options.connections())) {
                client.run(Script.once(Path.NEW, doomed.all()));
            }
            table.setApart();
            stand.node(0).restart();
            try (LoadGenerator client = stand.client(0, options.connections())) {
                client.run(Script.once(Path.NEW, others.all()));
                stand.warm(options.warmSeconds(), seconds -> {
                    client.run(Script.during(Workload.MIX, others, seconds));
                    sweep(table, expired / Stand.WARMING_PASSES, client, others);
                });
                LoadResult alone = client.run(
                        Script.during(Workload.MIX, others, Math.max(A_WHILE, options.seconds())), REQUESTS_PER_SECOND);
                narrator.say(kind + ": sweeping …");
                Swept swept = sweep(table, expired, client, others);
                narrator.say(String.format(
                        Locale.ROOT,
                        "%s: %.0f sessions/s, p99 %.0f us instead of %.0f us",
                        kind,
                        swept.rate(),
                        swept.load().latencies().micros(0.99),
                        alone.latencies().micros(0.99)));
                findings.add(kind + ": rate", swept.rate(), "sessions/s");
                findings.add(kind + ": p50 alone", alone.latencies().micros(0.5), "us");
                findings.add(kind + ": p50 meanwhile", swept.load().latencies().micros(0.5), "us");
                findings.add(kind + ": p99 alone", alone.latencies().micros(0.99), "us");
                findings.add(kind + ": p99 meanwhile", swept.load().latencies().micros(0.99), "us");
                findings.target(
                        kind + ": p99 in proportion",
                        swept.load().latencies().micros(0.99)
                                / alone.latencies().micros(0.99),
                        "",
                        2);
            }
        }
    }

    private record Swept(LoadResult load, double rate) {}

    /** Lets some expire, and goes on with the others until the last of them is gone. */
    private static Swept sweep(Doomed table, int count, LoadGenerator client, Visitors others) {
        SweepWatch watch = table.expire(count);
        Script endless = Script.during(Workload.MIX, others, A_LONG_TIME);
        client.run(connection -> watch.hasBegun() ? null : endless.next(connection), REQUESTS_PER_SECOND);
        LoadResult during =
                client.run(connection -> watch.hasEnded() ? null : endless.next(connection), REQUESTS_PER_SECOND);
        return new Swept(during, watch.rate());
    }
}
