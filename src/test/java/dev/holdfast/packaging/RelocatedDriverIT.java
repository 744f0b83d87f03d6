package dev.holdfast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.packaging.inside.QueryByPool;
import dev.holdfast.testdb.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pool and driver out of the -all JAR talk to PostgreSQL, by password (SCRAM) and by TLS. */
class RelocatedDriverIT {
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
    void encryptsAndVerifiesTheServer() throws Exception {
        assertThat(query("?sslmode=verify-full&sslrootcert=" + certificate)).isEqualTo("encrypted");
    }

    @Test
    void talksInTheClearIfToldTo() throws Exception {
        assertThat(query("?sslmode=disable")).isEqualTo("clear");
    }

    @Test
    void refusesACertificateThatItDoesNotKnow() throws Exception {
        assertThat(query("?sslmode=verify-full&sslrootcert=" + otherCertificate))
                .startsWith("refused: ")
                .contains("SSL error: PKIX path");
    }

    @Test
    void refusesAHostThatTheCertificateDoesNotName() throws Exception {
        String url = postgres.jdbcUrl().replace("//localhost:", "//127.0.0.1:");
        assertThat(query(url, "?sslmode=verify-full&sslrootcert=" + certificate))
                .contains("127.0.0.1")
                .startsWith("refused: ")
                .contains("could not be verified");
    }

    private static String query(String parameters) throws Exception {
        return query(postgres.jdbcUrl(), parameters);
    }

    private static String query(String url, String parameters) throws Exception {
        try (TomcatLib lib = new TomcatLib()) {
            return lib.run(
                    QueryByPool.class,
                    Map.of("url", url + parameters, "username", postgres.username(), "password", postgres.password()));
        }
    }
}
