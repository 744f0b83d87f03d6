package dev.holdfast.it.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** Lays out the folder of one node (its CATALINA_BASE), as an administrator does it by hand. */
public final class NodeBuilder {
    private final TomcatLine line;
    private final String name;
    private final Map<String, Path> libraries = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, Path> copies = new LinkedHashMap<>();
    private final Map<String, Path> trees = new LinkedHashMap<>();
    private final StringBuilder connectors = new StringBuilder();
    private String jvmRoute = "";
    private String jvmOptions = TomcatNode.SMALL_AND_QUICK;

    NodeBuilder(TomcatLine line, String name) {
        this.line = line;
        this.name = name;
        properties.put("shop.node", name);
        // no application here has tag libraries in JARs: searching all of them is most of the time of a start
        properties.put("tomcat.util.scan.StandardJarScanFilter.jarsToSkip", "*.jar");
        files.put("conf/tomcat-users.xml", resource("tomcat-users.xml"));
    }

    /** A JAR for {@code lib}. */
    public NodeBuilder library(Path jar) {
        libraries.put(jar.getFileName().toString(), jar);
        return this;
    }

    /** The content of {@code conf/context.xml}, instead of the distribution's. */
    public NodeBuilder context(String xml) {
        return file("conf/context.xml", xml);
    }

    /** An element for {@code conf/context.xml}, between what the distribution has there. */
    public NodeBuilder contextElement(String element) {
        Path original = line.home().resolve("conf/context.xml");
        try {
            return context(Files.readString(original).replace("</Context>", element + "\n</Context>"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of this node, by its path in the node's folder. */
    public NodeBuilder file(String path, String content) {
        files.put(path, content);
        return this;
    }

    /** A file of this node, copied from elsewhere. */
    public NodeBuilder fileCopy(String path, Path from) {
        trees.put(path, from);
        return this;
    }

    /** A file of this node, copied with its permissions. */
    public NodeBuilder copy(String path, Path file) {
        copies.put(path, file);
        return this;
    }

    /** A property for {@code conf/catalina.properties}: a system property, and what a dollar and braces name in the XML. */
    public NodeBuilder property(String key, String value) {
        properties.put(key, value);
        return this;
    }

    public NodeBuilder properties(Map<String, String> more) {
        properties.putAll(more);
        return this;
    }

    /** An application left where it is, under the context path of this name. */
    public NodeBuilder app(String contextName, Path docBase) {
        return file("conf/Catalina/localhost/" + contextName + ".xml", "<Context docBase=\"" + docBase + "\" />\n");
    }

    /** An application copied into {@code webapps}, so that files can be added with {@link #file}. */
    public NodeBuilder appCopy(String contextName, Path docBase) {
        trees.put("webapps/" + contextName, docBase);
        return this;
    }

    /** A connector besides that for HTTP. */
    public NodeBuilder connector(String element) {
        connectors.append("\n    ").append(element);
        return this;
    }

    /** A connector for AJP on this port of the loopback address. */
    public NodeBuilder ajp(int port) {
        return connector(
                "<Connector port=\"" + port
                        + "\" address=\"127.0.0.1\" protocol=\"AJP/1.3\" secretRequired=\"false\" connectionTimeout=\"20000\" />");
    }

    public NodeBuilder jvmRoute(String route) {
        jvmRoute = route;
        return this;
    }

    /** Options for the node's JVM, instead of those that make it small and quick to start: for a node that is measured. */
    public NodeBuilder jvmOptions(String options) {
        jvmOptions = options;
        return this;
    }

    /** Writes the folder anew, and starts nothing. */
    public TomcatNode build() {
        int port = Ports.next();
        Path base = Workshop.target().resolve("nodes").resolve(line.version() + "-" + name + "-" + port);
        properties.put("node.port", Integer.toString(port));
        try {
            for (String folder : new String[] {"conf/Catalina/localhost", "lib", "logs", "temp", "webapps", "work"}) {
                Files.createDirectories(base.resolve(folder));
            }
            for (String file : new String[] {
                "web.xml", "context.xml", "logging.properties", "catalina.properties", "jaspic-providers.xml"
            }) {
                Path from = line.home().resolve("conf").resolve(file);
                if (Files.exists(from)) {
                    Files.copy(from, base.resolve("conf").resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            for (Map.Entry<String, Path> library : libraries.entrySet()) {
                Files.copy(library.getValue(), base.resolve("lib").resolve(library.getKey()));
            }
            for (Map.Entry<String, Path> copy : copies.entrySet()) {
                Files.copy(copy.getValue(), base.resolve(copy.getKey()), StandardCopyOption.COPY_ATTRIBUTES);
            }
            for (Map.Entry<String, Path> tree : trees.entrySet()) {
                copyTree(tree.getValue(), base.resolve(tree.getKey()));
            }
            String route = jvmRoute.isEmpty() ? "" : " jvmRoute=\"" + jvmRoute + "\"";
            Files.writeString(
                    base.resolve("conf/server.xml"),
                    resource("server.xml").replace("@JVM_ROUTE@", route).replace("@CONNECTORS@", connectors));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = base.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            appendProperties(base.resolve("conf/catalina.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lay out the folder of node " + name, e);
        }
        return new TomcatNode(line, name, base, port, jvmOptions);
    }

    private void appendProperties(Path file) throws IOException {
        Properties own = new Properties();
        own.putAll(properties);
        StringWriter text = new StringWriter();
        own.store(text, "this node");
        Files.writeString(file, "\n" + text, StandardOpenOption.APPEND);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Path copy = path.equals(from)
                        ? to
                        : to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createDirectories(copy.getParent());
                    Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static String resource(String name) {
        try (InputStream in = NodeBuilder.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
