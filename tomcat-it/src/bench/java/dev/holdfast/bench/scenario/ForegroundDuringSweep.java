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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Many real sessions expire at one moment: how fast they are swept, while nobody asks anything and while others do; and what those
 * notice, in rounds in which they are alone first. Once for an application without listeners, once for one whose listener wants to see
 * each session end.
 */
final class ForegroundDuringSweep implements Scenario {
    private static final int EXPIRED = 60_000;
    private static final double A_LONG_TIME = 600;

    /** About as long as a sweep beside them takes. */
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
            for (Others others : Others.values()) {
                sweeps(listening, others, options, database, narrator, findings);
            }
        }
        return findings;
    }

    private static void sweeps(
            boolean listening,
            Others others,
            Options options,
            DatabaseServer database,
            Narrator narrator,
            Findings findings) {
        String name = (listening ? "with a listener, " : "without listeners, ") + others.title;
        int expired = options.count() > 0 ? (int) options.count() : EXPIRED;
        // as many again are swept before, to warm what sweeps
        int doomed = expired * (1 + options.rounds());
        Visitors visitors = new Visitors(options.connections(), options.sessionsPerConnection());
        try (Stand stand = Stand.set(database, Holdfast.sweeping(listening), 1)) {
            Doomed table = new Doomed(database.sql(), stand.schema() + ".holdfast_session");
            narrator.say(name + ": making " + doomed + " sessions …");
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
                List<Round> rounds = new ArrayList<>();
                for (int round = 1; round <= options.rounds(); round++) {
                    narrator.say("round " + round + ", " + name);
                    stand.awaitIdle();
                    rounds.add(round(others, table, expired, client, visitors));
                }
                report(name, others, rounds, !listening, findings);
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

    /** Others alone, and then beside a sweep. */
    private record Round(Latencies alone, Latencies meanwhile, double rate) {
        double proportion(double share) {
            return meanwhile.micros(share) / alone.micros(share);
        }
    }

    private static Round round(Others others, Doomed table, int expired, LoadGenerator client, Visitors visitors) {
        if (others == Others.NONE) {
            return new Round(
                    new Latencies(), new Latencies(), table.expire(expired).rate());
        }
        Latencies alone = client.run(Script.during(Workload.MIX, visitors, A_WHILE), others.perSecond)
                .latencies();
        SweepWatch watch = table.expire(expired);
        return new Round(alone, beside(others, watch, client, visitors), watch.rate());
    }

    private static void report(String name, Others others, List<Round> rounds, boolean quiet, Findings findings) {
        findings.add(name + ": rate", each(rounds, Round::rate), "sessions/s");
        if (others == Others.NONE) {
            if (quiet) {
                List<Double> micros = each(rounds, round -> TimeUnit.SECONDS.toMicros(1) / round.rate());
                findings.target(name + ": time of each", micros, "us", MICROS_LIMIT);
            }
            return;
        }
        for (double share : new double[] {0.5, 0.99}) {
            String which = name + ": p" + Math.round(100 * share);
            findings.add(
                    which + " without a sweep",
                    each(rounds, round -> round.alone().micros(share)),
                    "us");
            findings.add(
                    which + " meanwhile",
                    each(rounds, round -> round.meanwhile().micros(share)),
                    "us");
        }
        findings.target(name + ": p99 in proportion", each(rounds, round -> round.proportion(0.99)), "", P99_LIMIT);
    }

    private static List<Double> each(List<Round> rounds, Function<Round, Double> figure) {
        return rounds.stream().map(figure).toList();
    }
}
