package dev.holdfast.it.history;

import dev.holdfast.testdb.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** What can happen to a database. Each returns when it accepts connections again. */
final class PostgresFaults {
    private PostgresFaults() {}

    static void restart(int millisDown, Nemesis nemesis) {
        TestPostgres postgres = Cluster.postgres();
        postgres.stop();
        nemesis.restMillis(millisDown);
        postgres.startAgain();
    }

    /** As when its machine fails: nothing is written any more, and the next start has to recover. */
    static void crash(Nemesis nemesis) {
        TestPostgres postgres = Cluster.postgres();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet folder = statement.executeQuery("show data_directory")) {
            folder.next();
            Path pid = Path.of(folder.getString(1)).resolve("postmaster.pid");
            if (Files.exists(pid)) {
                quit(Long.parseLong(Files.readAllLines(pid).get(0).strip()));
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("PostgreSQL cannot be made to crash", e);
        }
        postgres.stop();
        nemesis.restMillis(100);
        postgres.startAgain();
    }

    /** SIGQUIT is PostgreSQL's immediate shutdown. */
    private static void quit(long pid) throws IOException {
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        postmaster.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    static void killBackends() {
        try (Connection connection = Cluster.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new IllegalStateException("the backends of PostgreSQL cannot be killed", e);
        }
    }
}
