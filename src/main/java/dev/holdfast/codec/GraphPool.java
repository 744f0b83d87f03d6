package dev.holdfast.codec;

import java.util.ArrayDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Graphs to be used again, until it is closed. Strong references only and none from static or thread-local places: each of
 * those has kept a web application's class loader alive. Safe for use by many threads.
 */
final class GraphPool {
    /** More are made when needed and dropped afterwards. */
    private static final int MOST_KEPT = 64;

    private final CodecContext context;
    private final ArrayDeque<Graph> idle = new ArrayDeque<>();
    private boolean closed;

    GraphPool(CodecContext context) {
        this.context = context;
    }

    /** Does some work with a graph, which is used again only if nothing was thrown: Kryo is in an unknown state then. */
    <T> T use(Function<Graph, T> work) {
        Graph graph = borrow();
        if (graph == null) {
            graph = new Graph(context);
        }
        T result = work.apply(graph);
        graph.clear();
        giveBack(graph);
        return result;
    }

    private synchronized @Nullable Graph borrow() {
        return idle.pollLast();
    }

    private synchronized void giveBack(Graph graph) {
        if (!closed && idle.size() < MOST_KEPT) {
            idle.addLast(graph);
        }
    }

    synchronized void close() {
        closed = true;
        idle.clear();
    }
}
