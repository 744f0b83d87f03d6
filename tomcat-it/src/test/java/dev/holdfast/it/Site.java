package dev.holdfast.it;

import dev.holdfast.it.holdfast.Database;
import dev.holdfast.it.holdfast.Installation;
import dev.holdfast.it.holdfast.SessionTable;
import dev.holdfast.it.node.NodeBuilder;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import dev.holdfast.testdb.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A place with the sample application on two nodes of one line, over one database, Holdfast installed in both. One for
 * each line, shared by all tests of this JVM: a test uses sessions of its own and leaves both nodes and the database up.
 */
final class Site {
    private static final Map<TomcatLine, Site> SITES = new EnumMap<>(TomcatLine.class);
    private static TestPostgres postgres;

    private final TomcatLine line;
    private final String schema;
    private final Path keyFile;
    private final TomcatNode a;
    private final TomcatNode b;

    private Site(TomcatLine line) {
        this.line = line;
        this.schema = postgres().createSchema();
        this.keyFile = newKeyFile(line + "-" + schema);
        this.a = node("a").app("shop", Workshop.shop()).jvmRoute("a").build();
        this.b = node("b").app("shop", Workshop.shop()).jvmRoute("b").build();
    }

    /** The site of this line, up and running, whatever an earlier test has left. */
    static synchronized Site of(TomcatLine line) {
        Site site = SITES.computeIfAbsent(line, Site::new);
        List<TomcatNode> down =
                Stream.of(site.a, site.b).filter(node -> !node.isRunning()).toList();
        down.forEach(TomcatNode::launch);
        down.forEach(TomcatNode::awaitAnswer);
        return site;
    }

    static synchronized TestPostgres postgres() {
        if (postgres == null) {
            postgres = Database.start();
        }
        return postgres;
    }

    static Path newKeyFile(String name) {
        Path folder = Workshop.target().resolve("keys");
        Path file = folder.resolve(name.replace(' ', '-') + ".keys");
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Installation.keygen(file);
    }

    TomcatNode a() {
        return a;
    }

    TomcatNode b() {
        return b;
    }

    List<TomcatNode> nodes() {
        return List.of(a, b);
    }

    String schema() {
        return schema;
    }

    SessionTable table() {
        return new SessionTable(postgres()::connect, schema);
    }

    Installation installation() {
        return installation(keyFile);
    }

    Installation installation(Path otherKeyFile) {
        return new Installation(
                postgres().jdbcUrl(), postgres().username(), postgres().password(), schema, otherKeyFile);
    }

    /** Begins another node over the same database, with Holdfast and without an application. */
    NodeBuilder node(String name) {
        return installation().into(TomcatNode.of(line, name));
    }

    /** How often the listeners of the sample application were told this, on both nodes together. */
    long events(String line) {
        return nodes().stream()
                .flatMap(node -> node.log().events().stream())
                .filter(line::equals)
                .count();
    }
}
