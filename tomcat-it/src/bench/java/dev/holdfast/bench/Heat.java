package dev.holdfast.bench;

import dev.holdfast.bench.contestant.Contestant;
import dev.holdfast.bench.contestant.Contestants;
import dev.holdfast.bench.contestant.Stand;
import dev.holdfast.bench.load.LoadGenerator;
import dev.holdfast.bench.load.LoadResult;
import dev.holdfast.bench.load.Path;
import dev.holdfast.bench.load.Script;
import dev.holdfast.bench.load.Visitors;
import dev.holdfast.bench.load.Workload;
import dev.holdfast.bench.load.WrongAnswer;
import dev.holdfast.bench.meter.DatabaseServer;
import dev.holdfast.bench.meter.Meter;
import dev.holdfast.bench.meter.Sample;
import dev.holdfast.bench.report.Results;
import java.io.UncheckedIOException;

/**
 * One contestant's turn in one round: a fresh Tomcat, an empty schema, everything warmed, then each path for its seconds.
 * That it starts anew each time makes what differs from start to start part of the spread.
 */
final class Heat {
    /** Enough that what happens once does not show, few enough to take no time. */
    private static final int COUNTED_REQUESTS = 480;

    /** What makes a session is warmed by no other path, and is more than any of them. */
    private static final int WARMING_SHARES_OF_NEW = 3;

    private final Options options;
    private final DatabaseServer database;
    private final Results results;
    private final Narrator narrator;

    Heat(Options options, DatabaseServer database, Results results, Narrator narrator) {
        this.options = options;
        this.database = database;
        this.results = results;
        this.narrator = narrator;
    }

    void run(String key, int round) {
        Contestant contestant = Contestants.of(key);
        Workload running = Workload.NEW;
        try (Stand stand = Stand.set(database, contestant, 1);
                LoadGenerator client = stand.client(0, options.connections())) {
            Visitors visitors = new Visitors(options.connections(), options.sessionsPerConnection());
            client.run(Script.once(Path.NEW, visitors.all()));
            stand.warm(options.warmSeconds(), seconds -> {
                for (Workload workload : options.workloads()) {
                    narrator.progress(round, contestant, "warming " + workload.key());
                    client.run(script(workload, visitors, seconds * warmingShares(workload)));
                }
            });
            database.vacuum(stand.schema());
            Meter meter = stand.meter();
            for (Workload workload : options.workloads()) {
                running = workload;
                double statements = statements(round, contestant, workload, client, visitors);
                narrator.progress(round, contestant, workload.key());
                Meter.Label label = new Meter.Label(key, workload.key(), round, statements);
                Sample sample = meter.measure(label, () -> client.run(script(workload, visitors, options.seconds())));
                results.add(sample);
                narrator.sampled(sample);
            }
        } catch (WrongAnswer | UncheckedIOException | IllegalStateException e) {
            String why = e.getCause() == null ? e.getMessage() : e.getMessage() + ": " + e.getCause();
            String where = "in round " + round + ", path " + running.key() + ": " + why;
            narrator.say("  " + contestant.title() + ", " + where);
            results.failed(key, where, contestant.isYardstick());
        }
    }

    private static int warmingShares(Workload workload) {
        return workload == Workload.NEW ? WARMING_SHARES_OF_NEW : 1;
    }

    private Script script(Workload workload, Visitors visitors, double seconds) {
        return workload == Workload.NEW
                ? Script.atMost(options.newSessions(), workload, visitors, seconds)
                : Script.during(workload, visitors, seconds);
    }

    /**
     * In the first round, and apart from what is measured. Everybody has just been here: what falls due as a Tomcat rests, an access to be
     * recorded, say, would be counted with the first of few requests.
     */
    private double statements(
            int round, Contestant contestant, Workload workload, LoadGenerator client, Visitors visitors) {
        if (round > 1 || !database.countsStatements() || !contestant.usesDatabase()) {
            return Double.NaN;
        }
        client.run(Script.once(Path.READ, visitors.all()));
        LoadResult[] result = new LoadResult[1];
        long statements = database.statementsDuring(
                () -> result[0] = client.run(Script.atMost(COUNTED_REQUESTS, workload, visitors, 60)));
        return (double) statements / result[0].requests();
    }
}
