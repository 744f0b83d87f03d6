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
        Visitors doomed = new Visitors(options.connections(), Math.max(1, expired / options.connections()));
        Visitors others = new Visitors(options.connections(), options.sessionsPerConnection());
        try (Stand stand = Stand.set(database, contestant, 1)) {
            String table = stand.schema() + ".holdfast_session";
            narrator.say(kind + ": making " + expired + " sessions …");
            try (LoadGenerator client = stand.client(0, options.connections())) {
                client.run(Script.once(Path.NEW, doomed.all()));
            }
            // they expire together and later than this statement: the sweep must not find them before they are all
            // there
            database.sql().execute("update " + table + " set expires_at = now() + interval '10 minutes'");
            database.sql().execute("vacuum analyze " + table);
            stand.node(0).restart();
            try (LoadGenerator client = stand.client(0, options.connections())) {
                client.run(Script.once(Path.NEW, others.all()));
                stand.warm(options.warmSeconds(), pass -> client.run(Script.during(Workload.MIX, others, pass)));
                LoadResult alone = client.run(
                        Script.during(Workload.MIX, others, Math.max(A_WHILE, options.seconds())), REQUESTS_PER_SECOND);
                findings.add(kind + ": p99 alone", alone.latencies().micros(0.99), "us");
                narrator.say(kind + ": sweeping …");
                database.sql()
                        .execute("update " + table
                                + " set expires_at = now() where expires_at < now() + interval '15 minutes'");
                beside(stand, kind, client, others, database, findings, alone);
            }
        }
    }

    private static void beside(
            Stand stand,
            String kind,
            LoadGenerator client,
            Visitors others,
            DatabaseServer database,
            Findings findings,
            LoadResult alone) {
        SweepWatch watch = SweepWatch.start(database.sql(), stand.schema() + ".holdfast_session");
        Script endless = Script.during(Workload.MIX, others, A_LONG_TIME);
        client.run(connection -> watch.hasBegun() ? null : endless.next(connection), REQUESTS_PER_SECOND);
        LoadResult during =
                client.run(connection -> watch.hasEnded() ? null : endless.next(connection), REQUESTS_PER_SECOND);
        findings.add(kind + ": rate", watch.rate(), "sessions/s");
        findings.add(kind + ": p99 meanwhile", during.latencies().micros(0.99), "us");
        findings.target(
                kind + ": p99 in proportion",
                during.latencies().micros(0.99) / alone.latencies().micros(0.99),
                "",
                2);
    }
}
