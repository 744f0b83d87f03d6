package dev.holdfast.bench.contestant;

import dev.holdfast.bench.load.LoadGenerator;
import dev.holdfast.bench.meter.DatabaseServer;
import dev.holdfast.bench.meter.Meter;
import dev.holdfast.bench.meter.ProcessCpu;
import dev.holdfast.it.holdfast.Installation;
import dev.holdfast.it.node.NodeBuilder;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleConsumer;

/** A contestant set up and running: an empty schema, fresh Tomcats with it in them, and nothing else. */
public final class Stand implements AutoCloseable {
    /** The line of Tomcat that is measured. */
    public static final TomcatLine LINE = TomcatLine.TOMCAT_10_1;

    /** Of each Tomcat, whoever keeps its sessions. */
    public static final String JVM_OPTIONS = "-Xms2g -Xmx2g -XX:+UseParallelGC";

    /** See {@link #warm}. */
    public static final int WARMING_PASSES = 3;

    private static final int STORE_CONNECTIONS = 20;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** Of one processor: Tomcat's own background threads need less. */
    private static final double IDLE_SHARE = 0.05;

    private final Contestant contestant;
    private final Ground ground;
    private final List<TomcatNode> nodes = new ArrayList<>();

    private Stand(Contestant contestant, Ground ground) {
        this.contestant = contestant;
        this.ground = ground;
    }

    /** Sets up a contestant on this many nodes and returns when they answer. */
    public static Stand set(DatabaseServer database, Contestant contestant, int nodeCount) {
        String schema = database.postgres().createSchema();
        Ground ground = new Ground(database, schema, keyFile(), STORE_CONNECTIONS);
        Stand stand = new Stand(contestant, ground);
        try {
            contestant.prepare(ground);
            for (int i = 0; i < nodeCount; i++) {
                NodeBuilder node = TomcatNode.of(LINE, "bench-" + contestant.key())
                        .jvmOptions(JVM_OPTIONS)
                        .file("conf/server.xml", serverXml());
                TomcatNode built = contestant.into(node, ground).build();
                stand.nodes.add(built);
                built.start();
            }
            return stand;
        } catch (RuntimeException e) {
            stand.close();
            throw e;
        }
    }

    private static Path keyFile() {
        Path file = Workshop.target().resolve("keys").resolve("bench.keys");
        try {
            Files.createDirectories(file.getParent());
            return Files.exists(file) ? file : Installation.keygen(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The distribution's connector, on the loopback address and without a limit to the requests of a connection. */
    private static String serverXml() {
        try (InputStream in = Stand.class.getResourceAsStream("/dev/holdfast/bench/server.xml")) {
            if (in == null) {
                throw new IllegalStateException("no server.xml");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Contestant contestant() {
        return contestant;
    }

    public String schema() {
        return ground.schema();
    }

    public TomcatNode node(int index) {
        return nodes.get(index);
    }

    /** Connections of a client to a node. */
    public LoadGenerator client(int index, int connections) {
        return new LoadGenerator(nodes.get(index).uri("/"), connections);
    }

    /**
     * Warms the Tomcats: some work of so many seconds in all, in passes between which their compilers finish what they have been asked
     * for. Under load they get little of the time that they need, and go on for minutes. What is compiled after one pass is inlined
     * into what is compiled after the next.
     *
     * @param pass works for the seconds that it is given
     */
    public void warm(double seconds, DoubleConsumer pass) {
        for (int i = 0; i < WARMING_PASSES; i++) {
            pass.accept(seconds / WARMING_PASSES);
            awaitIdle();
        }
    }

    /** Waits until the Tomcats have nothing left to do, or for long enough. */
    public void awaitIdle() {
        long latest = System.nanoTime() + LONGEST_WAIT.toNanos();
        long before;
        long used;
        do {
            before = webCpuNanos();
            LockSupport.parkNanos(LOOK.toNanos());
            used = webCpuNanos() - before;
        } while (used > LOOK.toNanos() * IDLE_SHARE && System.nanoTime() - latest < 0);
    }

    /** Measures the cost in all nodes and in what keeps the sessions. */
    public Meter meter() {
        return new Meter(ground.database(), schema(), this::webCpuNanos, () -> contestant.storeCpuNanos(ground));
    }

    private long webCpuNanos() {
        return nodes.stream().mapToLong(node -> ProcessCpu.nanos(node.pid())).sum();
    }

    @Override
    public void close() {
        nodes.forEach(TomcatNode::close);
        contestant.close();
        ground.database().drop(schema());
    }
}
