package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.testdb.TestPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back. It is one of this test's own, so that no other test notices. */
@SuppressWarnings("NullAway.Init")
class OutageTest {
    private static TestPostgres postgres;

    private PostgresTable table;
    private final IdHash id = IdHash.of("app", "a");

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void createTable() {
        table = new PostgresTable(postgres, PostgresSettings.DEFAULT_TABLE);
        table.store().createSchema();
    }

    @AfterEach
    void dropTable() {
        table.close();
    }

    @Test
    void whereNobodyListensEveryMethodSaysSo() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        PostgresSettings settings =
                PostgresSettings.forUrl("app", "jdbc:postgresql://127.0.0.1:" + port + "/db", "someone", "s3cret");
        try (PostgresSessionStore store = new PostgresSessionStore(settings)) {
            StoreWriteContract.assertUnavailable(store, id, 1);
            assertThat(store.health()).isEqualTo(HealthProbe.UNREACHABLE);
            assertThatThrownBy(() -> store.touch(id))
                    .hasMessageContaining("refused")
                    .hasMessageContaining("08001");
        }
    }

    @Test
    void afterARestartEveryOperationWorksUnaided() {
        assumeTrue(postgres.canRestart());
        PostgresSessionStore reader = table.store();
        PostgresSessionStore writer = table.store();
        PostgresSessionStore rotator = table.store();
        PostgresSessionStore sweeper = table.store();
        reader.create(new NewSession(id, 1, 600, new byte[1]));
        for (PostgresSessionStore store : new PostgresSessionStore[] {reader, writer, rotator, sweeper}) {
            assertThat(store.load(id, OptionalLong.empty())).isPresent();
        }

        postgres.restart();

        assertThat(writer.save(id, 1, new SessionChange(2, null, null, OptionalInt.empty(), true)))
                .isEqualTo(new SaveResult.Saved());
        assertThat(rotator.cycle(id, 2, new NewSession(IdHash.of("app", "b"), 3, 600, new byte[1])))
                .isEqualTo(new SaveResult.Saved());
        assertThat(StoreFixture.claim(sweeper, 10, Duration.ofMinutes(1))).isEmpty();
        assertThat(reader.load(IdHash.of("app", "b"), OptionalLong.empty())).isPresent();
    }

    @Test
    void whileItIsDownNothingIsAbsentAndAfterwardsAllIsThere() {
        assumeTrue(postgres.canRestart());
        PostgresSessionStore store = table.store();
        store.create(new NewSession(id, 1, 600, new byte[1]));
        postgres.stop();
        try {
            StoreWriteContract.assertUnavailable(store, id, 1);
            assertThat(store.health()).isEqualTo(HealthProbe.UNREACHABLE);
        } finally {
            postgres.startAgain();
        }
        assertThat(store.load(id, OptionalLong.empty())).isPresent();
        assertThat(store.delete(id)).isTrue();
        assertThat(store.health()).isEqualTo(HealthProbe.HEALTHY);
    }

    @Test
    void aWriteWhoseAnswerWasLostIsReportedAndNotRepeated() throws Exception {
        PostgresSessionStore store = table.store();
        store.create(new NewSession(id, 1, 600, new byte[1]));
        CompletableFuture<SaveResult> save;
        try (Connection holder = postgres.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select from " + table.name() + " for update");
            save = CompletableFuture.supplyAsync(
                    () -> store.save(id, 1, new SessionChange(2, null, null, OptionalInt.empty(), false)));
            await().until(() -> terminated("query like 'update%' and wait_event_type = 'Lock'") == 1);
            assertThatThrownBy(save::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("save of session " + id);
        }
        assertThat(table.column(id, "revision")).isEqualTo("1");
        assertThat(store.save(id, 1, new SessionChange(3, null, null, OptionalInt.empty(), false)))
                .isEqualTo(new SaveResult.Saved());
    }

    @Test
    void aTouchWhoseConnectionDiesIsRepeated() throws Exception {
        PostgresSessionStore store = table.store();
        store.create(new NewSession(id, 1, 600, new byte[1]));
        CompletableFuture<Boolean> touch;
        try (Connection holder = postgres.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select from " + table.name() + " for update");
            touch = CompletableFuture.supplyAsync(() -> store.touch(id));
            await().until(() -> terminated("query like 'update%' and wait_event_type = 'Lock'") == 1);
        }
        assertThat(touch.get()).isTrue();
    }

    @Test
    void aReadOnADeadConnectionIsRepeated() {
        PostgresSessionStore store = table.store();
        store.create(new NewSession(id, 1, 600, new byte[1]));
        for (int i = 0; i < 50; i++) {
            store.load(id, OptionalLong.empty());
            terminated("application_name = 'Holdfast app'");
            assertThat(store.load(id, OptionalLong.empty())).isPresent();
        }
    }

    private int terminated(String whose) {
        return Integer.parseInt(table.query(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and "
                        + whose));
    }

    @Test
    void aServerThatTurnedReadOnlyIsNotTakenForSuccess() {
        try (DatabaseRole role = new DatabaseRole(table).grantedRows()) {
            PostgresSessionStore store = role.store();
            store.create(new NewSession(id, 1, 600, new byte[1]));
            role.set("default_transaction_read_only = on");
            terminated("usename = '" + role.name() + "'");
            assertThat(store.load(id, OptionalLong.empty())).isPresent();
            assertThatThrownBy(() -> store.delete(id))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("read-only");
            assertThat(store.health()).isEqualTo(HealthProbe.READ_ONLY);

            role.set("default_transaction_read_only = off");
            assertThat(store.delete(id)).isTrue();
        }
    }

    /** A role may have an isolation level under which PostgreSQL refuses what lost a race, instead of looking again. */
    @Test
    void aStricterIsolationLevelChangesNoOutcome() throws Exception {
        try (DatabaseRole role =
                new DatabaseRole(table).grantedRows().set("default_transaction_isolation = 'serializable'")) {
            PostgresSessionStore store = role.store();
            store.create(new NewSession(id, 1, 600, new byte[1]));
            for (int round = 1; round <= 20; round++) {
                long expected = round;
                var results = SessionStoreContract.atOnce(
                        2,
                        actor -> store.save(
                                id,
                                expected,
                                new SessionChange(
                                        actor == 0 ? expected + 1 : expected + 1_000,
                                        null,
                                        null,
                                        OptionalInt.empty(),
                                        false)));
                assertThat(results).containsOnlyOnce(new SaveResult.Saved());
                table.update("update " + table.name() + " set revision = " + (round + 1));
            }
        }
    }

    @Test
    void nothingIsLeftOnTheServerAfterClose() {
        PostgresSessionStore store = table.store(table.settings("leaving"));
        store.load(id, OptionalLong.empty());
        String mine = "select count(*) from pg_stat_activity where application_name = 'Holdfast leaving'";
        assertThat(table.query(mine)).isEqualTo("1");
        store.close();
        await().until(() -> table.query(mine).equals("0"));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("commons-pool"));
    }

    @Test
    void aFailureNeverShowsThePassword() {
        PostgresSettings settings = PostgresSettings.forUrl(
                "app", "jdbc:postgresql://127.0.0.1:1/db?user=someone&password=s3cret&sslpassword=s3cret", null, null);
        try (PostgresSessionStore store = new PostgresSessionStore(settings)) {
            assertThatThrownBy(() -> store.touch(id)).satisfies(failure -> {
                StringWriter trace = new StringWriter();
                failure.printStackTrace(new PrintWriter(trace, true));
                assertThat(trace.toString()).contains("touch of session").doesNotContain("s3cret");
            });
        }
        assertThat(settings.toString()).doesNotContain("s3cret");
    }
}
