package dev.holdfast.testdb;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL from binaries that Maven fetched. Listens on localhost only, without a Unix socket. Binaries, data and log
 * live in one temporary folder, which {@link #close} removes.
 */
final class EmbeddedServer implements Server {
    private static final String WORKING_DIR_PROPERTY = "ot.epg.working-dir";
    private static final String NAME = "holdfast";
    private static final int KILL_TIMEOUT_SECONDS = 10;

    private final Path folder;
    private final int port = FreePort.find();
    // the library keeps one set of unpacked binaries per resolver object: one of our own keeps ours in our folder
    private final PgBinaryResolver binaries = new OwnBinaries();
    private @Nullable EmbeddedPostgres running;

    private EmbeddedServer(Path folder) {
        this.folder = folder;
    }

    static EmbeddedServer start() {
        EmbeddedServer server;
        try {
            server = new EmbeddedServer(Files.createTempDirectory("holdfast-postgres-"));
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for the embedded PostgreSQL", e);
        }
        try {
            server.startAgain();
            server.createDatabase();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return "the embedded PostgreSQL, port " + port;
    }

    @Override
    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + port + "/" + NAME;
    }

    @Override
    public String username() {
        return NAME;
    }

    @Override
    public String password() {
        return NAME;
    }

    @Override
    public boolean canRestart() {
        return true;
    }

    @Override
    public void startAgain() {
        if (running != null) {
            throw new IllegalStateException("the embedded PostgreSQL is running");
        }
        try {
            running = builder().start();
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "the embedded PostgreSQL did not start; its log ends with:\n" + logTail(), e);
        }
    }

    private EmbeddedPostgres.Builder builder() {
        EmbeddedPostgres.Builder builder;
        // the library makes and sweeps a folder common to the whole machine, unless this names another
        synchronized (EmbeddedServer.class) {
            String before = System.getProperty(WORKING_DIR_PROPERTY);
            System.setProperty(WORKING_DIR_PROPERTY, folder.toString());
            try {
                builder = EmbeddedPostgres.builder();
            } finally {
                if (before == null) {
                    System.clearProperty(WORKING_DIR_PROPERTY);
                } else {
                    System.setProperty(WORKING_DIR_PROPERTY, before);
                }
            }
        }
        ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(log());
        return builder.setOverrideWorkingDirectory(folder.toFile())
                .setPgBinaryResolver(binaries)
                .setDataDirectory(data())
                .setDataDirectoryCustomizer(data -> requirePasswords(data.toPath()))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("synchronous_commit", "on")
                .setPGStartupWait(Duration.ofSeconds(60))
                .setOutputRedirector(log)
                .setErrorRedirector(log);
    }

    /** Passwords for everybody but the library's own user, so that authentication is as real as the rest. */
    private static void requirePasswords(Path data) {
        try {
            Files.writeString(
                    data.resolve("pg_hba.conf"),
                    """
                    host all postgres localhost trust
                    host all all      localhost scram-sha-256
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void createDatabase() {
        try (Connection connection =
                        Connections.open("jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + NAME + " superuser login password '" + NAME + "'");
            statement.execute("create database " + NAME + " owner " + NAME);
        } catch (SQLException e) {
            throw new IllegalStateException("the embedded PostgreSQL refuses its own user", e);
        }
    }

    @Override
    public void stop() {
        EmbeddedPostgres postgres = running;
        if (postgres == null) {
            return;
        }
        running = null;
        Optional<ProcessHandle> postmaster = postmaster();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL did not stop", e);
        } finally {
            // an orderly stop gives up after seconds and only logs that it did
            postmaster.ifPresent(EmbeddedServer::kill);
        }
    }

    private static void kill(ProcessHandle process) {
        if (process.isAlive()) {
            process.destroyForcibly();
            process.onExit().orTimeout(KILL_TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    private Optional<ProcessHandle> postmaster() {
        try {
            List<String> lines = Files.readAllLines(data().toPath().resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } finally {
            Folders.delete(folder);
        }
    }

    private File data() {
        return folder.resolve("data").toFile();
    }

    private File log() {
        return folder.resolve("postgres.log").toFile();
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(log().toPath());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }

    private static final class OwnBinaries implements PgBinaryResolver {
        @Override
        public java.io.InputStream getPgBinary(String system, String machineHardware) throws IOException {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machineHardware);
        }
    }
}
