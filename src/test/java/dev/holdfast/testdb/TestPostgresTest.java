package dev.holdfast.testdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestPostgresTest {
    @Test
    void comesBackOnTheSamePortWithItsDataAndLeavesNothing() throws Exception {
        Path data;
        TestPostgres ended;
        List<ProcessHandle> processes;
        try (TestPostgres postgres = TestPostgres.start()) {
            assumeTrue(postgres.canRestart());
            String url = postgres.jdbcUrl();
            String schema = postgres.createSchema();
            execute(postgres, "create table " + schema + ".kept as select 42 as answer");

            postgres.stop();
            assertThatThrownBy(postgres::connect).isInstanceOf(SQLException.class);

            postgres.startAgain();
            postgres.restart();
            assertThat(postgres.jdbcUrl()).isEqualTo(url);
            assertThat(answer(postgres, schema)).isEqualTo(42);
            processes = processes(postgres);
            data = Path.of(text(postgres, "show data_directory"));
            ended = postgres;
        }
        assertThatThrownBy(ended::connect).isInstanceOf(SQLException.class);
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(data).doesNotExist();
    }

    @Test
    void aGivenOneIsLeftAlone() throws Exception {
        TestPostgres shared = TestPostgres.shared();
        System.setProperty("holdfast.test.url", shared.jdbcUrl());
        System.setProperty("holdfast.test.username", shared.username());
        System.setProperty("holdfast.test.password", shared.password());
        String schema;
        try (TestPostgres given = TestPostgres.start()) {
            schema = given.createSchema();
            assertThat(given.canRestart()).isFalse();
            assertThatThrownBy(given::stop).isInstanceOf(UnsupportedOperationException.class);
        } finally {
            System.clearProperty("holdfast.test.url");
            System.clearProperty("holdfast.test.username");
            System.clearProperty("holdfast.test.password");
        }
        assertThatThrownBy(() -> execute(shared, "create table " + schema + ".gone ()"))
                .hasMessageContaining(schema);
    }

    private static int answer(TestPostgres postgres, String schema) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select answer from " + schema + ".kept")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void execute(TestPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(TestPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** The server's processes, where it runs on this machine and not in a container. */
    private static List<ProcessHandle> processes(TestPostgres postgres) throws SQLException {
        List<ProcessHandle> found = new ArrayList<>();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select pid, current_setting('data_directory') from pg_stat_activity where backend_type = 'checkpointer'")) {
            row.next();
            if (Files.exists(Path.of(row.getString(2)))) {
                ProcessHandle checkpointer = ProcessHandle.of(row.getLong(1)).orElseThrow();
                found.add(checkpointer);
                found.add(checkpointer.parent().orElseThrow());
            }
        }
        return found;
    }
}
