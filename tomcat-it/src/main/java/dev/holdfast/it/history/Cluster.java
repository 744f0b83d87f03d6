package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Found;
import dev.holdfast.it.history.Operation.Heard;
import dev.holdfast.it.history.Operation.Outcome;
import dev.holdfast.it.holdfast.Database;
import dev.holdfast.it.holdfast.Installation;
import dev.holdfast.it.holdfast.SessionTable;
import dev.holdfast.it.net.TcpProxy;
import dev.holdfast.it.node.NodeBuilder;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import dev.holdfast.testdb.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes of one run, each with a network path of its own to the one database. */
final class Cluster implements AutoCloseable {
    private static final String APP = "/shop";
    private static @Nullable TestPostgres postgres;

    private final List<TomcatNode> nodes = new ArrayList<>();
    private final List<TcpProxy> paths = new ArrayList<>();
    private final String schema;

    private Cluster(String schema) {
        this.schema = schema;
    }

    /** Starts the nodes and returns when all of them answer. */
    static Cluster start(HistoryPlan plan) {
        Cluster cluster = new Cluster(postgres().createSchema());
        try {
            Path keys = keyFile(cluster.schema);
            for (int i = 0; i < plan.nodes(); i++) {
                cluster.add(plan, keys, i);
            }
            cluster.nodes.forEach(TomcatNode::launch);
            cluster.nodes.forEach(TomcatNode::awaitAnswer);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** One for all runs of this JVM. */
    static synchronized TestPostgres postgres() {
        if (postgres == null) {
            postgres = Database.start();
        }
        return postgres;
    }

    private void add(HistoryPlan plan, Path keys, int index) {
        URI real = URI.create(postgres().jdbcUrl().substring("jdbc:".length()));
        TcpProxy path = new TcpProxy(new InetSocketAddress(real.getHost(), real.getPort()), () -> TcpProxy.Tap.NONE);
        paths.add(path);
        String query = real.getQuery() == null ? "" : "?" + real.getQuery();
        String url = "jdbc:postgresql://127.0.0.1:" + path.port() + real.getPath() + query;
        Installation installation =
                new Installation(url, postgres().username(), postgres().password(), schema, keys);
        NodeBuilder node = TomcatNode.of(plan.line(), "h" + index)
                .library(plan.jar())
                .property("holdfast.url", url)
                .property("holdfast.username", postgres().username())
                .property("holdfast.password", postgres().password())
                .fileCopy("conf/holdfast.keys", keys)
                .contextElement(installation.managerElement());
        nodes.add(node.app("shop", Workshop.shop()).build());
    }

    private static Path keyFile(String schema) {
        Path folder = Workshop.target().resolve("keys");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Installation.keygen(folder.resolve("history-" + schema + ".keys"));
    }

    List<TomcatNode> nodes() {
        return nodes;
    }

    TcpProxy path(int node) {
        return paths.get(node);
    }

    List<Integer> ports() {
        return nodes.stream().map(node -> node.uri("/").getPort()).toList();
    }

    /** What the row of this id is like, past the nodes. Unknown if the database does not say. */
    Heard row(String id) {
        try (Connection connection = postgres().connect();
                PreparedStatement select = connection.prepareStatement(
                        "select revision from " + schema + ".holdfast_session where id_hash = ?")) {
            select.setBytes(1, SessionTable.idHash(APP, id));
            try (ResultSet row = select.executeQuery()) {
                boolean there = row.next();
                return heard(Outcome.DONE, there ? Found.SESSION : Found.NONE, there ? row.getLong("revision") : 0, "");
            }
        } catch (SQLException e) {
            return heard(Outcome.UNKNOWN, Found.UNSAID, 0, String.valueOf(e.getMessage()));
        }
    }

    private static Heard heard(Outcome outcome, Found found, long revision, String remark) {
        return new Heard(outcome, 0, found, 0, 0, List.of(), "", false, revision, remark);
    }

    /** What the listeners on all nodes have been told so far. */
    List<SessionEvent> events(Recorder recorder) {
        List<SessionEvent> events = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Path file = nodes.get(i).base().resolve("logs/history-events.txt");
            if (Files.exists(file)) {
                for (String line : lines(file)) {
                    String[] words = line.split(" ");
                    if (words.length == 3) {
                        events.add(new SessionEvent(
                                words[1], words[0], i, recorder.atWallClock(Long.parseLong(words[2]))));
                    }
                }
            }
        }
        return events;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(TomcatNode::close);
        paths.forEach(TcpProxy::close);
    }
}
