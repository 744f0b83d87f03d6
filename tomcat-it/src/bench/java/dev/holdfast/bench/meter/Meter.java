package dev.holdfast.bench.meter;

import dev.holdfast.bench.load.LoadResult;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Reads all the counters before and after a run. Not safe for use by several threads. */
public final class Meter {
    private final DatabaseServer database;
    private final String schema;
    private final LongSupplier webCpu;
    private final LongSupplier storeCpu;

    /**
     * @param schema whose tables belong to the contestant
     * @param webCpu nanoseconds used by all Tomcats so far
     * @param storeCpu nanoseconds used by whatever keeps the sessions so far
     */
    public Meter(DatabaseServer database, String schema, LongSupplier webCpu, LongSupplier storeCpu) {
        this.database = database;
        this.schema = schema;
        this.webCpu = webCpu;
        this.storeCpu = storeCpu;
    }

    /** Whose run it is. */
    public record Label(String contestant, String workload, int round, double statements) {}

    public Sample measure(Label label, Supplier<LoadResult> run) {
        long sizeBefore = database.sizeBytes(schema);
        DatabaseServer.Updates updatesBefore = database.updates(schema);
        long walBefore = database.walBytes();
        long storeBefore = storeCpu.getAsLong();
        long webBefore = webCpu.getAsLong();
        LoadResult result = run.get();
        long web = webCpu.getAsLong() - webBefore;
        long store = storeCpu.getAsLong() - storeBefore;
        long wal = database.walBytes() - walBefore;
        DatabaseServer.Updates updates = database.updates(schema);
        return new Sample(
                label.contestant(),
                label.workload(),
                label.round(),
                result.requests(),
                result.seconds(),
                web,
                store,
                result.cpuNanos(),
                result.latencies().micros(0.5),
                result.latencies().micros(0.99),
                label.statements(),
                wal,
                sizeBefore,
                database.sizeBytes(schema),
                updates.all() - updatesBefore.all(),
                updates.hot() - updatesBefore.hot());
    }
}
