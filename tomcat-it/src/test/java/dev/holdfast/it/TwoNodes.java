package dev.holdfast.it;

import dev.holdfast.it.holdfast.Installation;
import dev.holdfast.it.holdfast.SessionTable;
import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.net.TcpProxy;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** The sample application on two nodes with the given JAR of Holdfast, over a schema of their own; node a behind a proxy. */
final class TwoNodes implements AutoCloseable {
    private final String schema;
    private final TcpProxy path;
    private final AtomicReference<String> muteAfter = new AtomicReference<>("");
    private final TomcatNode a;
    private final TomcatNode b;

    TwoNodes(Path jar) {
        schema = Site.postgres().createSchema();
        String url = Site.postgres().jdbcUrl();
        URI server = URI.create(url.substring("jdbc:".length()));
        path = new TcpProxy(new InetSocketAddress(server.getHost(), server.getPort()), () -> this::watch);
        Path keys = Site.newKeyFile("breakage-" + schema);
        String pathUrl = url.replace(server.getAuthority(), "127.0.0.1:" + path.port());
        // The text of each statement is sent each time, and so seen on its way.
        a = node("a", jar, keys, pathUrl + (url.contains("?") ? "&" : "?") + "prepareThreshold=0");
        b = node("b", jar, keys, url);
        try {
            a.launch();
            b.launch();
            a.awaitAnswer();
            b.awaitAnswer();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private TomcatNode node(String name, Path jar, Path keys, String url) {
        Installation installation = new Installation(
                url, Site.postgres().username(), Site.postgres().password(), schema, keys);
        // The JAR of the same name takes the place of the sound one.
        return installation
                .into(TomcatNode.of(TomcatLine.TOMCAT_10_1, name))
                .library(jar)
                .app("shop", Workshop.shop())
                .build();
    }

    private void watch(byte[] bytes, int length) {
        String mute = muteAfter.get();
        if (!mute.isEmpty() && new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains(mute)) {
            muteAfter.set("");
            // This question still reaches the server; its answer stays in the pipe.
            path.stall();
        }
    }

    TomcatNode a() {
        return a;
    }

    TomcatNode b() {
        return b;
    }

    /** Node a's way to the database. */
    TcpProxy path() {
        return path;
    }

    /** The answer to node a's next statement with this text does not arrive, and nothing else does. */
    void loseAnswerOf(String sql) {
        muteAfter.set(sql);
    }

    boolean answerIsLost() {
        return muteAfter.get().isEmpty();
    }

    SessionTable table() {
        return new SessionTable(Site.postgres()::connect, schema);
    }

    /** A request whose application has found its session, and waits before it goes on. */
    static InFlight inFlight(TomcatNode node, Browser browser, List<String> first, String... then) {
        String gate = "gate-" + browser.sessionCookie().orElse("") + System.nanoTime();
        String[] steps = Stream.of(first.stream(), Stream.of("open:here-" + gate, "await:" + gate), Stream.of(then))
                .flatMap(s -> s)
                .toArray(String[]::new);
        InFlight request = new InFlight(node, gate, browser.probeLater(node, steps));
        new Browser().probe(node, "await:here-" + gate);
        return request;
    }

    record InFlight(TomcatNode node, String gate, CompletableFuture<Answer> answer) {
        void letGo() {
            new Browser().probe(node, "open:" + gate);
        }

        Answer finish() {
            letGo();
            return answer.join();
        }
    }

    /** Whether any node takes this id for a session's: {@code alive} or {@code dead}. */
    String life(String id) {
        return life(a, id).equals("dead") && life(b, id).equals("dead") ? "dead" : "alive";
    }

    static String life(TomcatNode node, String id) {
        Browser thief = new Browser().withSessionCookie("/shop", id);
        return thief.probe(node, "exists").value("exists").equals("true") ? "alive" : "dead";
    }

    /** How often the listeners were told this, on both nodes together. */
    long events(String line) {
        return Stream.of(a, b)
                .flatMap(node -> node.log().events().stream())
                .filter(line::equals)
                .count();
    }

    @Override
    public void close() {
        a.close();
        b.close();
        path.close();
    }
}
