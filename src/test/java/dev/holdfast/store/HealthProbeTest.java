package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.testdb.TestPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthProbeTest {
    private final PostgresTable table = PostgresTable.create();

    @AfterEach
    void close() {
        table.close();
    }

    /** The settings allow ten minutes of waiting: only the probe's own bound makes this end. */
    @Test
    void aServerThatAcceptsAndNeverAnswersIsReportedInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            PostgresSessionStore store = table.store(withTimeout(
                    "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/db", 1, Duration.ofMinutes(10)));
            assertThat(store.health()).isEqualTo(HealthProbe.SILENT);
            assertThat(store.health()).isEqualTo(HealthProbe.SILENT);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("holdfast-health"))
                    .hasSize(1);
        }
    }

    @Test
    void aPoolInUseIsADegradedStoreAndNotADeadOne() throws Exception {
        PostgresSessionStore store = table.store(withTimeout(table.url(), 1, Duration.ofSeconds(20)));
        IdHash id = IdHash.of("app", "a");
        store.create(new NewSession(id, 1, 600, new byte[1]));
        CompletableFuture<Boolean> waiting;
        try (Connection holder = TestPostgres.shared().connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select from " + table.name() + " for update");
            waiting = CompletableFuture.supplyAsync(() -> store.touch(id));
            await().until(() -> Integer.parseInt(
                            table.query(
                                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'update%'"))
                    == 1);
            assertThat(store.health()).isEqualTo(HealthProbe.EXHAUSTED);
            holder.rollback();
        }
        assertThat(waiting.get()).isTrue();
        assertThat(store.health()).isEqualTo(HealthProbe.HEALTHY);
    }

    private PostgresSettings withTimeout(String url, int maxConnections, Duration timeout) {
        PostgresSettings settings = table.settings();
        return new PostgresSettings(
                "app",
                url,
                settings.username(),
                settings.password(),
                null,
                settings.schema(),
                settings.table(),
                settings.touchInterval(),
                maxConnections,
                timeout);
    }

    @Test
    void slownessIsReported() {
        PostgresSettings settings = table.settings();
        ConnectionSource source = new OwnPool(settings, new PostgresDriver(settings, new JdbcUrl(table.url())));
        try {
            Sql sql = new Sql(new Identifier(settings.schema()), new Identifier(settings.table()), Duration.ZERO);
            assertThat(new HealthProbe(source, sql, Duration.ZERO).ask()).isEqualTo(HealthProbe.SLOW);
            assertThat(new HealthProbe(source, sql, Duration.ofHours(1)).ask()).isEqualTo(HealthProbe.HEALTHY);
        } finally {
            source.close();
        }
    }

    @Test
    void tableRightsAndLoginAreTold() {
        PostgresSettings settings = table.settings();
        assertThat(table.store(settings.withTable(settings.schema(), "nowhere")).health())
                .isEqualTo(HealthProbe.TABLE_MISSING);
        try (DatabaseRole role = new DatabaseRole(table)) {
            assertThat(role.store().health()).isEqualTo(HealthProbe.RIGHTS_MISSING);
            role.granted("usage on schema " + table.schema()).granted("select, insert, update on " + table.name());
            assertThat(role.store().health()).isEqualTo(HealthProbe.RIGHTS_MISSING);
            role.granted("delete on " + table.name());
            assertThat(role.store().health()).isEqualTo(HealthProbe.HEALTHY);
        }
        PostgresSessionStore stranger = table.store(PostgresSettings.forUrl("app", table.url(), "nobody", "wrong"));
        assertThat(stranger.health()).isEqualTo(HealthProbe.LOGIN_REFUSED);
        assertThat(stranger.health()).isInstanceOf(HealthStatus.Unhealthy.class);
    }

    @Test
    void anInterruptedThreadGetsAnAnswerAndStaysInterrupted() {
        PostgresSessionStore store = table.store();
        Thread.currentThread().interrupt();
        assertThat(store.health()).isEqualTo(HealthProbe.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(store.load(IdHash.of("app", "a"), OptionalLong.empty())).isEmpty();
    }
}
