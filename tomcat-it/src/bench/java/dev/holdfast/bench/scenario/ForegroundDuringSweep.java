package dev.holdfast.bench.scenario;

import dev.holdfast.bench.Narrator;
import dev.holdfast.bench.Options;
import dev.holdfast.bench.contestant.Holdfast;
import dev.holdfast.bench.contestant.Stand;
import dev.holdfast.bench.load.Latencies;
import dev.holdfast.bench.load.LoadGenerator;
import dev.holdfast.bench.load.Path;
import dev.holdfast.bench.load.Script;
import dev.holdfast.bench.load.Visitors;
import dev.holdfast.bench.load.Workload;
import dev.holdfast.bench.meter.DatabaseServer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Many real sessions expire at one moment: how fast they are swept, while nobody asks anything and while others do; and what those
 * notice. Once for an application without listeners, once for one whose listener wants to see each session end.
 */
final class ForegroundDuringSweep implements Scenario {
    private static final int EXPIRED = 60_000;
    private static final double A_LONG_TIME = 600;

    /** Long enough for a p99 that does not hang on a few requests. */
    private static final double A_WHILE = 10;

    private static final double P99_LIMIT = 2;

    /** 20,000 in a second. */
    private static final double MICROS_LIMIT = 50;

    /** Who asks beside a sweep. */
    private enum Others {
        NONE("nobody beside", 0),
        /** A machine that has something to do, and something left. */
        SOME("beside 2,000 requests a second", 2_000),
        /** A machine with nothing left: everybody asks as fast as the answers come, as in all the other runs. */
        BUSY("beside busy users", 0);

        private final String title;
        private final double perSecond;

        Others(String title, double perSecond) {
            this.title = title;
            this.perSecond = perSecond;
        }
    }

    @Override
    public Findings run(Options options, DatabaseServer database, Narrator narrator) {
        Findings findings = new Findings("A sweep of expired sessions beside foreground requests");
        for (boolean listening : new boolean[] {false, true}) {
            sweeps(listening, options, database, narrator, findings);
        }
        return findings;
    }

    private static void sweeps(
            boolean listening, Options options, DatabaseServer database, Narrator narrator, Findings findings) {
        String kind = listening ? "with a listener, " : "without listeners, ";
        int expired = options.count() > 0 ? (int) options.count() : EXPIRED;
        // as many again are swept before, to warm what sweeps
        int doomed = expired * (1 + Others.values().length);
        Visitors visitors = new Visitors(options.connections(), options.sessionsPerConnection());
        try (Stand stand = Stand.set(database, Holdfast.sweeping(listening), 1)) {
            Doomed table = new Doomed(database.sql(), stand.schema() + ".holdfast_session");
            narrator.say(kind + "making " + doomed + " sessions …");
            try (LoadGenerator client = stand.client(0, options.connections())) {
                client.run(Script.once(Path.NEW, new Visitors(1, doomed).all()));
            }
            table.setApart();
            stand.node(0).restart();
            try (LoadGenerator client = stand.client(0, options.connections())) {
                client.run(Script.once(Path.NEW, visitors.all()));
                stand.warm(options.warmSeconds(), seconds -> {
                    client.run(Script.during(Workload.MIX, visitors, seconds));
                    beside(Others.SOME, table.expire(expired / Stand.WARMING_PASSES), client, visitors);
                });
                for (Others others : Others.values()) {
                    String name = kind + others.title;
                    narrator.say(name + " …");
                    Latencies alone = others == Others.NONE
                            ? null
                            : client.run(Script.during(Workload.MIX, visitors, A_WHILE), others.perSecond)
                                    .latencies();
                    SweepWatch watch = table.expire(expired);
                    Latencies meanwhile = others == Others.NONE ? null : beside(others, watch, client, visitors);
                    report(name, watch.rate(), alone, meanwhile, !listening, findings);
                }
            }
        }
    }

    /** Goes on with the others until the last of the expired is gone. */
    private static Latencies beside(Others others, SweepWatch watch, LoadGenerator client, Visitors visitors) {
        Script endless = Script.during(Workload.MIX, visitors, A_LONG_TIME);
        client.run(connection -> watch.hasBegun() ? null : endless.next(connection), others.perSecond);
        return client.run(connection -> watch.hasEnded() ? null : endless.next(connection), others.perSecond)
                .latencies();
    }

    private static void report(
            String name,
            double rate,
            @Nullable Latencies alone,
            @Nullable Latencies meanwhile,
            boolean quiet,
            Findings findings) {
        findings.add(name + ": rate", rate, "sessions/s");
        if (alone == null || meanwhile == null) {
            if (quiet) {
                findings.target(name + ": time of each", TimeUnit.SECONDS.toMicros(1) / rate, "us", MICROS_LIMIT);
            }
            return;
        }
        for (double share : new double[] {0.5, 0.99}) {
            String which = name + ": p" + Math.round(100 * share);
            findings.add(which + " without a sweep", alone.micros(share), "us");
            findings.add(which + " meanwhile", meanwhile.micros(share), "us");
        }
        findings.target(name + ": p99 in proportion", meanwhile.micros(0.99) / alone.micros(0.99), "", P99_LIMIT);
    }
}
