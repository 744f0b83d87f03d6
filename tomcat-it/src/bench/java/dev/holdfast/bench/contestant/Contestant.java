package dev.holdfast.bench.contestant;

import dev.holdfast.it.node.NodeBuilder;
import java.util.Optional;

/** A way to keep sessions. One round each: {@link #prepare}, nodes with it {@link #into}, {@link #close}. */
public interface Contestant extends AutoCloseable {
    /** For options and files. */
    String key();

    /** For people. */
    String title();

    /** What a reader must know of how it is set up. */
    String note();

    /** Why it cannot take part on this machine, if it cannot. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /** Whether its cost counts against a target of Holdfast's, so that a wrong answer of it fails the whole benchmark. */
    default boolean isYardstick() {
        return false;
    }

    /** Whether its sessions are in the database, so that statements and the like can be counted there. */
    default boolean usesDatabase() {
        return true;
    }

    /** Makes tables, starts servers. */
    default void prepare(Ground ground) {}

    /** Installs it in a node. */
    NodeBuilder into(NodeBuilder node, Ground ground);

    /** CPU used so far by what keeps the sessions. */
    default long storeCpuNanos(Ground ground) {
        return ground.database().cpuNanos();
    }

    /** Ends what {@link #prepare} has started. */
    @Override
    default void close() {}
}
