package dev.holdfast.testdb;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL for tests: the one given by {@code -Dholdfast.test.url} (with {@code holdfast.test.username} and
 * {@code holdfast.test.password}), else one in Docker if Docker answers, else binaries from Maven Central, which work
 * without any installation, as root too. Says on standard output which it is.
 *
 * <p>Its user may create schemas and roles (of a given PostgreSQL: if that user may). What is started here ends with
 * {@link #close}, at the latest with this JVM. Not safe for use by several threads at once, {@link #connect} excepted.
 */
public final class TestPostgres implements AutoCloseable {
    private static @Nullable TestPostgres shared;

    private final Server server;
    private final List<String> schemas = new ArrayList<>();
    private final Thread closeAtExit = new Thread(this::end, "test-postgres-close");
    private boolean closed;

    private TestPostgres(Server server) {
        this.server = server;
    }

    /** Starts a PostgreSQL of its own. */
    public static TestPostgres start() {
        return start(true);
    }

    /** Never in Docker: what is started are processes of this machine, whose CPU time anybody can read. */
    public static TestPostgres startUncontained() {
        return start(false);
    }

    private static TestPostgres start(boolean docker) {
        TestPostgres postgres = new TestPostgres(choose(docker));
        Runtime.getRuntime().addShutdownHook(postgres.closeAtExit);
        System.out.println("Tests use " + postgres.server.description());
        return postgres;
    }

    /** The one PostgreSQL that all tests of this JVM may share. It ends with the JVM: do not close it. */
    public static synchronized TestPostgres shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static Server choose(boolean docker) {
        String url = System.getProperty("holdfast.test.url", "");
        if (!url.isBlank()) {
            return new GivenServer(
                    url,
                    System.getProperty("holdfast.test.username", ""),
                    System.getProperty("holdfast.test.password", ""));
        }
        if (docker && Docker.answers()) {
            try {
                return DockerServer.start();
            } catch (RuntimeException e) {
                System.out.println("Docker answers, but does not run PostgreSQL: " + e.getMessage());
            }
        }
        return EmbeddedServer.start();
    }

    /** The JDBC URL, without user and password unless a given one carries them. */
    public String jdbcUrl() {
        return server.jdbcUrl();
    }

    public String username() {
        return server.username();
    }

    public String password() {
        return server.password();
    }

    /** Whether this PostgreSQL can be stopped and started; one that was given by its URL cannot. */
    public boolean canRestart() {
        return server.canRestart();
    }

    /**
     * Shuts PostgreSQL down and keeps its data. Does nothing if it is stopped.
     *
     * @throws UnsupportedOperationException unless {@link #canRestart}
     */
    public void stop() {
        server.stop();
    }

    /**
     * Starts the stopped PostgreSQL, on the same port and with the same data, and returns when it accepts connections.
     *
     * @throws UnsupportedOperationException unless {@link #canRestart}
     */
    public void startAgain() {
        server.startAgain();
    }

    /** {@link #stop} and {@link #startAgain}. */
    public void restart() {
        stop();
        startAgain();
    }

    /** A new connection, past any pool; the caller's to close. */
    public Connection connect() throws SQLException {
        return Connections.open(server.jdbcUrl(), server.username(), server.password());
    }

    /** Makes an empty schema with a random name and returns the name: a place of its own for each test class. */
    public String createSchema() {
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        String name = "hf_" + HexFormat.of().formatHex(random);
        execute("create schema " + name);
        schemas.add(name);
        return name;
    }

    private void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused: " + sql, e);
        }
    }

    /** Ends what was started here and leaves no process and no folder; in a given PostgreSQL, no schema. Idempotent. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(closeAtExit);
        } catch (IllegalStateException e) {
            // the JVM is ending already: the hook does the work
        }
        end();
    }

    private synchronized void end() {
        if (closed) {
            return;
        }
        closed = true;
        if (server instanceof GivenServer) {
            schemas.forEach(schema -> execute("drop schema if exists " + schema + " cascade"));
        }
        server.close();
    }
}
