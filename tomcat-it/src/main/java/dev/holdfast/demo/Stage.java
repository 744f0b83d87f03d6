package dev.holdfast.demo;

import dev.holdfast.it.holdfast.Database;
import dev.holdfast.it.holdfast.Installation;
import dev.holdfast.it.holdfast.SessionTable;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import dev.holdfast.testdb.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the demo runs on: one PostgreSQL, one key file, two Tomcats with the shop in them. */
final class Stage implements AutoCloseable {
    private final TestPostgres postgres;
    private final SessionTable table;
    private final DemoNode a;
    private final DemoNode b;
    private volatile boolean databaseUp = true;
    private volatile boolean closing;

    private Stage(TestPostgres postgres, SessionTable table, DemoNode a, DemoNode b) {
        this.postgres = postgres;
        this.table = table;
        this.a = a;
        this.b = b;
    }

    static Stage set(Narrator narrator) {
        TestPostgres postgres = narrator.tell("Starting a PostgreSQL of the demo's own", Database::start);
        String schema = postgres.createSchema();
        Path keyFile = narrator.tell("Making a key file with the keygen command", Stage::newKeyFile);
        Installation installation =
                new Installation(postgres.jdbcUrl(), postgres.username(), postgres.password(), schema, keyFile);
        TomcatLine line = TomcatLine.TOMCAT_11_0;
        DemoNode a = new DemoNode("A", node(installation, line, "A"));
        DemoNode b = new DemoNode("B", node(installation, line, "B"));
        Stage stage = new Stage(postgres, new SessionTable(postgres::connect, schema), a, b);
        return narrator.tell("Starting two of " + line + ", Holdfast in their lib, the shop in both", () -> {
            CompletableFuture.allOf(CompletableFuture.runAsync(a::start), CompletableFuture.runAsync(b::start))
                    .join();
            return stage;
        });
    }

    private static TomcatNode node(Installation installation, TomcatLine line, String name) {
        return installation
                .into(TomcatNode.of(line, name))
                .app("shop", Workshop.shop())
                .build();
    }

    private static Path newKeyFile() {
        try {
            Path folder = Files.createDirectories(Workshop.target().resolve("keys"));
            Path file = folder.resolve("demo.keys");
            Files.deleteIfExists(file);
            return Installation.keygen(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<DemoNode> nodes() {
        return List.of(a, b);
    }

    DemoNode a() {
        return a;
    }

    DemoNode b() {
        return b;
    }

    SessionTable table() {
        return table;
    }

    boolean isDatabaseUp() {
        return databaseUp;
    }

    synchronized void stopDatabase() {
        databaseUp = false;
        postgres.stop();
    }

    synchronized void startDatabase() {
        if (!closing) {
            postgres.startAgain();
            databaseUp = true;
        }
    }

    /** Ends everything: both Tomcats in an orderly way, then PostgreSQL, whose folder goes with it. */
    @Override
    public void close() {
        closing = true;
        CompletableFuture.allOf(CompletableFuture.runAsync(a::close), CompletableFuture.runAsync(b::close))
                .join();
        postgres.close();
    }
}
