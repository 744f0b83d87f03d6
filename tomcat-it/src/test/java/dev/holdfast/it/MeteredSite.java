package dev.holdfast.it;

import dev.holdfast.it.holdfast.Installation;
import dev.holdfast.it.holdfast.SessionTable;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.net.StatementCounter;
import dev.holdfast.it.net.StatementCounter.Executed;
import dev.holdfast.it.net.TcpProxy;
import dev.holdfast.it.node.NodeBuilder;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Two nodes of one line, over one database, each of which asks it through a proxy of its own that lists the statements. The
 * sample application is there twice: as {@code /shop}, with its FORM login, and as {@code /plain}, without any login
 * configuration. Nothing is swept, so that each statement is a request's. One for each line, shared by all tests of this JVM.
 */
final class MeteredSite {
    private static final Map<TomcatLine, MeteredSite> SITES = new EnumMap<>(TomcatLine.class);
    private static final Pattern LOGIN = Pattern.compile("<security-constraint>.*</security-role>", Pattern.DOTALL);

    private final Metered a;
    private final Metered b;
    private final String schema;

    /** A node and what it says to the database. */
    record Metered(TomcatNode node, TcpProxy proxy, StatementCounter counter) implements AutoCloseable {
        /**
         * The statements of a request, {@code begin} and {@code commit} included.
         *
         * @param request must end with the answer of this node
         */
        List<Executed> during(Runnable request) {
            counter.take();
            request.run();
            // On the same connection, which takes it when the request is over to the last of its work.
            new Browser().get(node, "/");
            return counter.take();
        }

        /** The first words of the statements of a request, transactions' frames apart; a mere touch is called that. */
        List<String> verbs(Runnable request) {
            return during(request).stream()
                    .filter(statement -> !statement.isFrame())
                    .map(MeteredSite::verb)
                    .toList();
        }

        @Override
        public void close() {
            node.close();
            proxy.close();
        }
    }

    private MeteredSite(TomcatLine line) {
        schema = Site.postgres().createSchema();
        Path keys = Site.newKeyFile(line + "-" + schema);
        a = node(line, "metered-a", schema, keys, "context.xml");
        b = node(line, "metered-b", schema, keys, "context.xml");
    }

    static synchronized MeteredSite of(TomcatLine line) {
        return SITES.computeIfAbsent(line, MeteredSite::new);
    }

    Metered a() {
        return a;
    }

    Metered b() {
        return b;
    }

    List<Metered> nodes() {
        return List.of(a, b);
    }

    SessionTable table() {
        return new SessionTable(Site.postgres()::connect, schema);
    }

    /** Another one, by this example file of the configuration. */
    static Metered node(TomcatLine line, String name, String schema, Path keys, String example) {
        return node(line, name, schema, keys, example, "<Manager ", "<Manager ");
    }

    static Metered node(
            TomcatLine line, String name, String schema, Path keys, String example, String replaced, String by) {
        URI database = URI.create(Site.postgres().jdbcUrl().substring("jdbc:".length()));
        StatementCounter counter = new StatementCounter();
        TcpProxy proxy = new TcpProxy(new InetSocketAddress(database.getHost(), database.getPort()), counter);
        String url = "jdbc:postgresql://127.0.0.1:" + proxy.port() + database.getPath() + "?sslmode=disable";
        Installation installation = new Installation(
                url, Site.postgres().username(), Site.postgres().password(), schema, keys);
        NodeBuilder builder = installation
                .intoWithoutContext(TomcatNode.of(line, name))
                .contextElement(installation
                        .elements(example)
                        .replace("<Manager ", "<Manager processExpiresFrequency=\"1000000\" ")
                        .replace(replaced, by));
        if (!example.equals("context.xml")) {
            builder.library(postgresDriver());
        }
        TomcatNode node = builder.app("shop", Workshop.shop())
                .appCopy("plain", Workshop.shop())
                .file("webapps/plain/WEB-INF/web.xml", webXmlWithoutLogin())
                .file("webapps/plain/static.txt", "static\n")
                .build()
                .start();
        return new Metered(node, proxy, counter);
    }

    private static String webXmlWithoutLogin() {
        try {
            String text = Files.readString(Workshop.shop().resolve("WEB-INF/web.xml"));
            return LOGIN.matcher(text).replaceFirst("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path postgresDriver() {
        try (var files = Files.list(Workshop.target().resolve("driver"))) {
            return files.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path of a request to the probe of the application without login configuration. */
    static String plain(String mode, String... steps) {
        return Browser.probePath(mode, steps).replaceFirst("^/shop/", "/plain/");
    }

    private static String verb(Executed statement) {
        String sql = statement.sql();
        return sql.matches("update \\S+ set accessed_at.*") ? "touch" : sql.split(" ", 2)[0].toLowerCase();
    }
}
