package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.naming.NamingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JndiSourceTest {
    private static final String NAME = "java:comp/env/jdbc/sessions";

    private final PostgresTable table = PostgresTable.create();
    private final IdHash id = IdHash.of("app", "a");

    @BeforeEach
    void installNaming() {
        TestNaming.install();
    }

    @AfterEach
    void removeNaming() {
        TestNaming.remove();
        table.close();
    }

    private PostgresSessionStore store(String name) {
        return table.store(
                PostgresSettings.forDataSource("app", name).withTable(table.schema(), PostgresSettings.DEFAULT_TABLE));
    }

    @Test
    void eachOperationIsOneStatementAndARotationTwo() throws Exception {
        try (CountingDataSource source = new CountingDataSource(true)) {
            TestNaming.bind(NAME, () -> source);
            PostgresSessionStore store = store("jdbc/sessions");

            store.create(new NewSession(id, 1, 600, new byte[1]));
            assertThat(source.statements()).isEqualTo(1);
            store.load(id, OptionalLong.empty());
            assertThat(source.statements()).isEqualTo(1);
            store.load(id, OptionalLong.of(1));
            assertThat(source.statements()).isEqualTo(1);
            store.save(id, 1, new SessionChange(2, null, new byte[1], OptionalInt.of(60), true));
            assertThat(source.statements()).isEqualTo(1);
            store.touch(id);
            assertThat(source.statements()).isEqualTo(1);
            store.save(id, 1, new SessionChange(3, null, null, OptionalInt.empty(), false));
            assertThat(source.statements())
                    .as("the conflict, and the row as it is")
                    .isEqualTo(2);
            assertThat(source.commits()).isZero();

            store.cycle(id, 2, new NewSession(IdHash.of("app", "b"), 4, 600, new byte[1]));
            assertThat(source.statements()).isEqualTo(2);
            assertThat(source.commits()).isEqualTo(1);
            store.delete(IdHash.of("app", "b"));
            assertThat(source.statements()).isEqualTo(1);
        }
    }

    @Test
    void aPoolThatWaitsForCommitsGetsItsConnectionsBackAsTheyWere() throws Exception {
        try (CountingDataSource source = new CountingDataSource(false)) {
            TestNaming.bind("java:global/sessions", () -> source);
            PostgresSessionStore store = store("java:global/sessions");
            store.create(new NewSession(id, 1, 600, new byte[1]));
            assertThat(table.column(id, "revision")).isEqualTo("1");
            assertThat(source.real().getAutoCommit()).isFalse();

            store.cycle(id, 1, new NewSession(IdHash.of("app", "b"), 2, 600, new byte[1]));
            assertThat(table.column(IdHash.of("app", "b"), "revision")).isEqualTo("2");
            assertThat(source.real().getAutoCommit()).isFalse();
            assertThatThrownBy(() -> store.cycle(IdHash.of("app", "b"), 2, new NewSession(id, 3, 600, new byte[1])))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(table.column(IdHash.of("app", "b"), "moved_to")).isEqualTo("null");
            assertThat(source.real().getAutoCommit()).isFalse();
        }
    }

    @Test
    void aClosedStoreLeavesThePoolOfTheContainerOpen() throws Exception {
        try (CountingDataSource source = new CountingDataSource(true)) {
            TestNaming.bind(NAME, () -> source);
            PostgresSessionStore store = store("jdbc/sessions");
            store.createSchema();
            store.close();
            StoreWriteContract.assertUnavailable(store, id, 1);
            assertThat(source.real().isClosed()).isFalse();
        }
    }

    @Test
    void aNameThatLeadsNowhereIsAConfigurationError() {
        assertThatThrownBy(() -> store("jdbc/sesions"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dataSourceName: nothing is found under java:comp/env/jdbc/sesions")
                .hasMessageContaining("<ResourceLink>");
    }

    @Test
    void aNameThatLeadsElsewhereIsAConfigurationError() {
        TestNaming.bind(NAME, () -> "something else");
        assertThatThrownBy(() -> store("jdbc/sessions"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String, not a javax.sql.DataSource");
    }

    /** A container may connect while it makes the DataSource: then a database that is down looks like a wrong name. */
    @Test
    void aPoolThatCannotBeMadeYetIsAnOutage() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        try (CountingDataSource source = new CountingDataSource(true)) {
            TestNaming.bind(NAME, () -> {
                if (down.get()) {
                    NamingException failure = new NamingException("cannot create resource instance");
                    failure.setRootCause(new SQLException("connection refused", "08001"));
                    throw failure;
                }
                return source;
            });
            PostgresSessionStore store = store("jdbc/sessions");
            StoreWriteContract.assertUnavailable(store, id, 1);
            assertThat(store.health()).isEqualTo(HealthProbe.UNREACHABLE);

            down.set(false);
            assertThat(store.load(id, OptionalLong.empty())).isEmpty();
            assertThat(StoreFixture.claim(store, 1, Duration.ofMinutes(1))).isEmpty();
            assertThat(store.health()).isEqualTo(HealthProbe.HEALTHY);
        }
    }
}
