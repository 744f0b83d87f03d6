package dev.holdfast.it;

import dev.holdfast.it.holdfast.Installation;
import dev.holdfast.it.holdfast.SessionTable;
import dev.holdfast.it.net.TcpProxy;
import dev.holdfast.it.node.NodeBuilder;
import dev.holdfast.it.node.Ports;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import dev.holdfast.it.wire.Visitor;
import dev.holdfast.it.wire.Visitor.Probe;
import dev.holdfast.it.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two nodes of one line that speak HTTP/1.1, HTTP/2 and AJP. The first reaches the database through a proxy that can be disturbed.
 * Each has the probe six times: with a login configuration ({@code shop}), without one ({@code plain}, {@code depot}), with a listener
 * that sees requests come and go ({@code gate}), and in two contexts whose session cookie is valid for all ({@code quay},
 * {@code harbour}). One for each line, shared by all tests of this JVM: a test uses sessions of its own and leaves the proxy healed.
 */
final class BarrierSite {
    private static final Map<TomcatLine, BarrierSite> SITES = new EnumMap<>(TomcatLine.class);
    private static final String REQUEST_LISTENER =
            "<listener><listener-class>com.example.shop.probe.RequestSteps</listener-class></listener>";
    private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):(\\d+)/");

    private final String schema;
    private final TcpProxy network;
    private final TomcatNode a;
    private final TomcatNode b;
    private final Wire.Door doorA;
    private final Wire.Door doorB;

    private BarrierSite(TomcatLine line) {
        var postgres = Site.postgres();
        schema = postgres.createSchema();
        Path keys = Site.newKeyFile(line + "-" + schema);
        Matcher address = ADDRESS.matcher(postgres.jdbcUrl());
        if (!address.find()) {
            throw new IllegalStateException("no host and port in " + postgres.jdbcUrl());
        }
        network = new TcpProxy(
                new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2))), () -> TcpProxy.Tap.NONE);
        String disturbed = address.replaceFirst("//127.0.0.1:" + network.port() + "/");
        int ajpA = Ports.next();
        int ajpB = Ports.next();
        a = node(line, "barrier-a", disturbed, keys, ajpA);
        b = node(line, "barrier-b", postgres.jdbcUrl(), keys, ajpB);
        a.launch();
        b.launch();
        a.awaitAnswer();
        b.awaitAnswer();
        doorA = new Wire.Door(a.uri("/").getPort(), ajpA);
        doorB = new Wire.Door(b.uri("/").getPort(), ajpB);
    }

    private TomcatNode node(TomcatLine line, String name, String url, Path keys, int ajpPort) {
        var postgres = Site.postgres();
        NodeBuilder node = new Installation(url, postgres.username(), postgres.password(), schema, keys)
                .into(TomcatNode.of(line, name))
                .ajp(ajpPort)
                .file("conf/plain-web.xml", plainWebXml())
                .file("conf/gate-web.xml", plainWebXml().replace("</web-app>", REQUEST_LISTENER + "</web-app>"));
        for (String app : new String[] {"shop", "plain", "depot", "gate", "quay", "harbour"}) {
            String attributes =
                    switch (app) {
                        case "shop" -> "";
                        case "quay", "harbour" -> " crossContext=\"true\" sessionCookiePath=\"/\"";
                        default -> " crossContext=\"true\"";
                    };
            String webXml = app.equals("gate") ? "gate-web.xml" : "plain-web.xml";
            String descriptor = app.equals("shop") ? "" : " altDDName=\"${catalina.base}/conf/" + webXml + "\"";
            node.file(
                    "conf/Catalina/localhost/" + app + ".xml",
                    "<Context docBase=\"" + Workshop.shop() + "\"" + descriptor + attributes + " />\n");
        }
        return node.build();
    }

    static String plainWebXml() {
        try (InputStream in = BarrierSite.class.getResourceAsStream("plain-web.xml")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The site of this line, up and running. */
    static synchronized BarrierSite of(TomcatLine line) {
        return SITES.computeIfAbsent(line, BarrierSite::new);
    }

    Wire.Door a() {
        return doorA;
    }

    Wire.Door b() {
        return doorB;
    }

    TomcatNode nodeA() {
        return a;
    }

    TomcatNode nodeB() {
        return b;
    }

    /** Between the first node and the database. */
    TcpProxy network() {
        return network;
    }

    SessionTable table() {
        return new SessionTable(Site.postgres()::connect, schema);
    }

    /** What the other node finds under this name in the session. */
    String onTheOtherNode(Visitor visitor, String app, String name) {
        return value(visitor.over(Wire.HTTP_1_1).get(doorB, Probe.of(app, "").steps("get:" + name)), name);
    }

    /** Opens a gate in an application of the first node, without a session. */
    void open(String app, String gate) {
        new Visitor(Wire.HTTP_1_1).get(doorA, Probe.of(app, "").steps("open:" + gate));
    }

    /** Waits until a request has come to this gate in an application of the first node, which opens it itself. */
    void await(String app, String gate) {
        new Visitor(Wire.HTTP_1_1).get(doorA, Probe.of(app, "").steps("await:" + gate));
    }

    static String newName() {
        return UUID.randomUUID().toString();
    }

    static String value(String body, String name) {
        return body.lines()
                .filter(line -> line.startsWith(name + "="))
                .reduce((first, second) -> second)
                .map(line -> line.substring(name.length() + 1))
                .orElse(body);
    }
}
