package dev.holdfast.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Visitors dealt out to connections, so that each session has one request at a time. */
public final class Visitors {
    private final List<List<Visitor>> byConnection = new ArrayList<>();

    public Visitors(int connections, int perConnection) {
        for (int i = 0; i < connections; i++) {
            byConnection.add(Stream.generate(Visitor::new).limit(perConnection).toList());
        }
    }

    public int connections() {
        return byConnection.size();
    }

    public List<Visitor> all() {
        return byConnection.stream().flatMap(List::stream).toList();
    }

    Visitor of(int connection, int turn) {
        List<Visitor> visitors = byConnection.get(connection);
        return visitors.get(turn % visitors.size());
    }
}
