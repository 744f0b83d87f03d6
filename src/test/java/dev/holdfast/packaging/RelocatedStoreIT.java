package dev.holdfast.packaging;

import static dev.holdfast.packaging.TomcatLib.fromClassPath;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.packaging.inside.KeepOneSession;
import dev.holdfast.packaging.inside.OwnDriver;
import dev.holdfast.testdb.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Store, pool and driver out of the -all JAR keep sessions, by password (SCRAM) and by TLS, and are in nobody's way. */
class RelocatedStoreIT {
    private static TestPostgres postgres;
    private static Path certificate;
    private static Path otherCertificate;

    @BeforeAll
    static void startPostgresWithTls(@TempDir Path folder) throws Exception {
        postgres = TestPostgres.start();
        assumeTrue(postgres.canRestart(), "a PostgreSQL that somebody else runs is not reconfigured");
        ServerCertificate server = ServerCertificate.make(folder);
        certificate = server.writeCertificate(folder.resolve("root.crt"));
        Path other = Files.createDirectory(folder.resolve("other"));
        otherCertificate = ServerCertificate.make(other).writeCertificate(other.resolve("root.crt"));
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            put(connection, "server.crt", server.certificate());
            put(connection, "server.key", server.privateKey());
            statement.execute("alter system set ssl = on");
        }
        postgres.restart();
    }

    /** Writes a file into PostgreSQL's data folder, as PostgreSQL wants its key: for its own user only. */
    private static void put(Connection connection, String file, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temp table file (line text)");
            try (PreparedStatement lines =
                    connection.prepareStatement("insert into file select unnest(string_to_array(?, E'\\n'))")) {
                lines.setString(1, text);
                lines.execute();
            }
            statement.execute("copy file to program 'umask 077 && cat > " + file + "'");
            statement.execute("drop table file");
        }
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @Test
    void keepsSessionsOverAVerifiedConnection() throws Exception {
        assertThat(keep("?sslmode=verify-full&sslrootcert=" + certificate)).isEqualTo("kept");
    }

    @Test
    void findsTheDriversClassesByTheNamesInItsManual() throws Exception {
        assertThat(keep("?sslmode=verify-full&sslfactory=org.postgresql.ssl.LibPQFactory&sslrootcert=" + certificate))
                .isEqualTo("kept");
    }

    @Test
    void refusesACertificateThatItDoesNotKnow() throws Exception {
        assertThat(keep("?sslmode=verify-full&sslrootcert=" + otherCertificate))
                .startsWith("refused: ")
                .contains("SSL error: ", "PKIX path validation failed");
    }

    @Test
    void refusesAHostThatTheCertificateDoesNotName() throws Exception {
        String url = postgres.jdbcUrl().replace("//localhost:", "//127.0.0.1:");
        assertThat(run(KeepOneSession.class, url + "?sslmode=verify-full&sslrootcert=" + certificate, ""))
                .startsWith("refused: ")
                .contains("could not be verified");
    }

    @Test
    void saysWhyInWhateverCountry() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(keep("?sslmode=verify-full&sslrootcert=/nonexistent.crt"))
                    .startsWith("refused: ")
                    .contains("Could not open SSL root certificate file /nonexistent.crt");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void offersItsDriverToNobody() throws Exception {
        assertThat(run(OwnDriver.class, postgres.jdbcUrl(), ""))
                .isEqualTo("kept, [], No suitable driver found for " + postgres.jdbcUrl());
    }

    @Test
    void leavesAnApplicationItsOwnDriver() throws Exception {
        assertThat(run(OwnDriver.class, postgres.jdbcUrl(), "org.postgresql.Driver", fromClassPath("postgresql-42")))
                .isEqualTo("kept, [org.postgresql.Driver], org.postgresql.jdbc.PgConnection of its own");
    }

    private static String keep(String parameters) throws Exception {
        return run(KeepOneSession.class, postgres.jdbcUrl() + parameters, "");
    }

    private static String run(
            Class<? extends Function<Map<String, String>, String>> code, String url, String driver, Path... jars)
            throws Exception {
        Map<String, String> input = Map.of(
                "url",
                url,
                "username",
                postgres.username(),
                "password",
                postgres.password(),
                "schema",
                postgres.createSchema(),
                "driver",
                driver,
                "id",
                "1F2E3D");
        try (TomcatLib lib = new TomcatLib()) {
            return lib.run(code, input, jars);
        }
    }
}
