package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.it.holdfast.Installation;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The other example files, used as their comments say. */
final class ExampleFilesIT {
    @ParameterizedTest
    @EnumSource
    void theDataSourceThatTomcatKeeps(TomcatLine line) throws IOException {
        Site site = Site.of(line);
        try (TomcatNode node = site.installation()
                .intoWithoutContext(TomcatNode.of(line, "jndi"))
                .contextElement(site.installation().elements("context-jndi.xml"))
                .library(postgresDriver())
                .app("shop", Workshop.shop())
                .build()
                .start()) {
            Shopper shopper = new Shopper().add(node);
            shopper.sees(site.b(), 1);

            node.kill();
            node.start();

            shopper.sees(node, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRoleThatMayDoNothingButReadAndWriteRows(TomcatLine line) throws Exception {
        Optional<Path> psql = onPath("psql");
        assumeTrue(psql.isPresent(), "roles.sql is for psql, which is not installed here");
        assumeTrue(System.getProperty("holdfast.test.url", "").isBlank(), "roles are made for a database of our own");
        String schema = Site.postgres().createSchema();
        execute("drop schema " + schema);
        String owner = schema + "_owner";
        String app = schema + "_app";

        psql(
                psql.get(),
                "-v",
                "schema=" + schema,
                "-v",
                "owner=" + owner,
                "-v",
                "app=" + app,
                "-v",
                "password=let me in",
                "-f",
                Workshop.example("roles.sql").toString());
        Path ddl = Files.createTempFile(Workshop.target(), "schema", ".sql");
        Installation.Output output = Installation.command("schema", "--schema", schema);
        assertThat(output.exitCode()).as(output.text()).isZero();
        Files.writeString(ddl, output.text());
        psql(psql.get(), "-v", "ON_ERROR_STOP=1", "-c", "set role " + owner, "-f", ddl.toString());

        Installation installation = new Installation(
                Site.postgres().jdbcUrl(), app, "let me in", schema, Site.newKeyFile("least-" + schema));
        try (TomcatNode node = installation
                .into(TomcatNode.of(line, "least"))
                .app("shop", Workshop.shop())
                .build()
                .start()) {
            Shopper shopper = new Shopper().add(node).logIn(node).add(node);
            node.kill();
            node.start();
            shopper.sees(node, 2);
            assertThat(shopper.logOut(node).status()).isEqualTo(302);
            shopper.seesNoSession(node);
        }
    }

    private static Path postgresDriver() throws IOException {
        try (Stream<Path> files = Files.list(Workshop.target().resolve("driver"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void psql(Path psql, String... arguments) throws IOException, InterruptedException {
        URI server = URI.create(Site.postgres().jdbcUrl().substring("jdbc:".length()));
        ProcessBuilder command =
                new ProcessBuilder(Stream.concat(Stream.of(psql.toString(), "-X", "-q"), Stream.of(arguments))
                        .toList());
        command.environment()
                .putAll(Map.of(
                        "PGHOST", server.getHost(),
                        "PGPORT", Integer.toString(server.getPort()),
                        "PGDATABASE", server.getPath().substring(1),
                        "PGUSER", Site.postgres().username(),
                        "PGPASSWORD", Site.postgres().password()));
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("psql %s: %s", List.of(arguments), output)
                .isZero();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = Site.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
