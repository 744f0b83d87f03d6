package dev.holdfast.bench.scenario;

import dev.holdfast.bench.Narrator;
import dev.holdfast.bench.Options;
import dev.holdfast.bench.contestant.Holdfast;
import dev.holdfast.bench.contestant.Stand;
import dev.holdfast.bench.load.LoadGenerator;
import dev.holdfast.bench.load.Path;
import dev.holdfast.bench.load.Script;
import dev.holdfast.bench.load.Visitors;
import dev.holdfast.bench.load.Workload;
import dev.holdfast.bench.meter.DatabaseServer;
import dev.holdfast.bench.meter.Meter;
import dev.holdfast.bench.meter.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and small writes of the same sessions, first among ten thousand rows, then among ten million. The other rows are made
 * by SQL: real keys and times, a few hundred bytes that nobody opens.
 */
final class TableSizes implements Scenario {
    private static final int VISITED = 8_000;
    private static final long FEW = 10_000;
    private static final long MANY = 10_000_000;
    private static final double LIMIT = 1.3;
    private static final List<Workload> WORKLOADS = List.of(Workload.READ, Workload.WRITE);

    private static final String FILL =
            """
            insert into %1$s.holdfast_session
                   (id_hash, app, revision, created_at, accessed_at, max_inactive, expires_at, base)
            select sha256(int8send(i)), (select app from %1$s.holdfast_session limit 1), i, now(), now(), 86400,
                   now() + interval '1 day' + i * interval '1 millisecond', decode(repeat(md5(i::text), 8), 'hex')
              from generate_series(%2$d::bigint, %3$d) as i""";

    @Override
    public Findings run(Options options, DatabaseServer database, Narrator narrator) {
        Findings findings = new Findings("Holdfast among few rows and among many, CPU");
        long many = options.count() > 0 ? options.count() : MANY;
        Visitors visitors = new Visitors(options.connections(), VISITED / options.connections());
        try (Stand stand = Stand.set(database, new Holdfast(), 1);
                LoadGenerator client = stand.client(0, options.connections())) {
            client.run(Script.once(Path.NEW, visitors.all()));
            // what is measured second must not be better only for being warmer
            warm(stand, client, visitors, options.warmSeconds());
            fill(database, stand, 1, FEW - VISITED);
            Map<Workload, List<Double>> few = measure(options, stand, client, visitors);
            add(findings, FEW, few);
            narrator.say("filling up to " + many + " rows …");
            fill(database, stand, FEW - VISITED + 1, many - VISITED);
            narrator.say("the table has " + database.sizeBytes(stand.schema()) / 1_000_000 + " MB");
            Map<Workload, List<Double>> more = measure(options, stand, client, visitors);
            add(findings, many, more);
            for (Workload workload : WORKLOADS) {
                findings.target(
                        workload.key() + ": many in proportion to few",
                        findings.median(name(workload, many)).orElseThrow()
                                / findings.median(name(workload, FEW)).orElseThrow(),
                        "",
                        LIMIT);
            }
        }
        return findings;
    }

    private static void fill(DatabaseServer database, Stand stand, long from, long to) {
        database.sql().execute(FILL.formatted(stand.schema(), from, to));
        database.sql().execute("vacuum analyze " + stand.schema() + ".holdfast_session");
        database.sql().execute("checkpoint");
    }

    private static void warm(Stand stand, LoadGenerator client, Visitors visitors, double seconds) {
        stand.warm(seconds, pass -> WORKLOADS.forEach(workload -> client.run(Script.during(workload, visitors, pass))));
    }

    private static Map<Workload, List<Double>> measure(
            Options options, Stand stand, LoadGenerator client, Visitors visitors) {
        Meter meter = stand.meter();
        Map<Workload, List<Double>> totals = new EnumMap<>(Workload.class);
        warm(stand, client, visitors, options.warmSeconds() / 2);
        for (int round = 1; round <= options.rounds(); round++) {
            for (Workload workload : WORKLOADS) {
                Meter.Label label = new Meter.Label("holdfast", workload.key(), round, Double.NaN);
                Sample sample =
                        meter.measure(label, () -> client.run(Script.during(workload, visitors, options.seconds())));
                totals.computeIfAbsent(workload, w -> new ArrayList<>()).add(sample.totalMicros());
            }
        }
        return totals;
    }

    private static void add(Findings findings, long rows, Map<Workload, List<Double>> totals) {
        totals.forEach((workload, values) -> findings.add(name(workload, rows), values, "us"));
    }

    private static String name(Workload workload, long rows) {
        return workload.key() + " among " + rows + " rows";
    }
}
