package dev.holdfast.bench.load;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells a connection what to ask next. */
@FunctionalInterface
public interface Script {
    /** A request of this visitor. */
    record Step(Visitor visitor, Path path) {}

    /** The next request of this connection, or null if it has none left. */
    @Nullable
    Step next(int connection);

    /** The paths of a workload in turn, for as long as this. */
    static Script during(Workload workload, Visitors visitors, double seconds) {
        long end = System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        Script endless = endless(workload, visitors);
        return connection -> System.nanoTime() - end < 0 ? endless.next(connection) : null;
    }

    /** The paths of a workload in turn, this many requests in all, and at the longest for as long as this. */
    static Script atMost(int requests, Workload workload, Visitors visitors, double seconds) {
        Script timed = during(workload, visitors, seconds);
        int[] left = {requests};
        return connection -> left[0]-- > 0 ? timed.next(connection) : null;
    }

    /** One request of every one of these, whichever connection is free. */
    static Script once(Path path, List<Visitor> visitors) {
        int[] next = {0};
        return connection -> next[0] < visitors.size() ? new Step(visitors.get(next[0]++), path) : null;
    }

    private static Script endless(Workload workload, Visitors visitors) {
        int size = workload.cycle().size();
        int[] position = new int[visitors.connections()];
        for (int i = 0; i < position.length; i++) {
            position[i] = i;
        }
        return connection -> {
            int at = position[connection]++;
            // the visitor changes with every request: each of them takes every path in time
            Visitor visitor = visitors.of(connection, at);
            return new Step(visitor, workload.cycle().get((at + at / size) % size));
        };
    }
}
