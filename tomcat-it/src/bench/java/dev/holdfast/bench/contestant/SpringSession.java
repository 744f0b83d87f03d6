package dev.holdfast.bench.contestant;

import dev.holdfast.it.node.NodeBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Spring Session JDBC in a plain servlet application. */
final class SpringSession implements Contestant {
    private static final String SCHEMA = "org/springframework/session/jdbc/schema-postgresql.sql";

    @Override
    public String key() {
        return "spring";
    }

    @Override
    public String title() {
        return "Spring Session JDBC 3.5";
    }

    @Override
    public String note() {
        return "@EnableJdbcHttpSession and AbstractHttpSessionApplicationInitializer, the schema that it ships, all defaults."
                + " Java serialization, no encryption. It does not notice a change in place: the cart is handed to"
                + " setAttribute after each change.";
    }

    @Override
    public void prepare(Ground ground) {
        ground.database().sql().execute("set search_path to " + ground.schema());
        ground.database().sql().execute(ddl());
        ground.database().sql().execute("reset search_path");
    }

    private static String ddl() {
        Path jar = Folder.single(Ground.app("spring").resolve("WEB-INF/lib"), "spring-session-jdbc-");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(SCHEMA);
            try (InputStream in = zip.getInputStream(entry)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public NodeBuilder into(NodeBuilder node, Ground ground) {
        return node.library(Ground.driver())
                .property("bench.cart", "explicit")
                .contextElement(ground.resource())
                .app("bench", Ground.app("spring"));
    }
}
