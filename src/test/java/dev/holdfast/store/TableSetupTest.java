package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testdb.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableSetupTest {
    private final PostgresTable table = new PostgresTable(TestPostgres.shared(), PostgresSettings.DEFAULT_TABLE);

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void tenNodesThatStartAtOnceMakeOneTable() throws Exception {
        List<PostgresSessionStore> nodes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            nodes.add(table.store());
        }
        SessionStoreContract.atOnce(10, node -> {
            nodes.get(node).createSchema();
            return true;
        });
        assertWorks(nodes.get(3));
        assertThat(table.query("select count(*) from pg_indexes where schemaname = ?", table.schema()))
                .isEqualTo("2");
    }

    @Test
    void theTableIsMadeAsTheDesignWantsIt() {
        PostgresSessionStore store = table.store();
        store.createSchema();
        store.createSchema();
        assertThat(storage("base")).isEqualTo("e");
        assertThat(storage("delta")).isEqualTo("m");
        assertThat(table.query(
                        "select array_to_string(reloptions, ',') from pg_class where oid = ?::regclass", table.name()))
                .isEqualTo("fillfactor=70");
        assertThat(table.query("select obj_description(?::regclass)", table.name()))
                .contains("Holdfast");
    }

    private String storage(String column) {
        return table.query(
                "select attstorage from pg_attribute where attrelid = ?::regclass and attname = ?",
                table.name(),
                column);
    }

    @Test
    void theScriptRunsByHandAsOftenAsOneLikes() {
        String schema = table.schema() + " by hand";
        String script = SchemaScript.forTable(schema, "sessions");
        try {
            table.update(script);
            table.update(script);
            PostgresSessionStore store = table.store(table.settings().withTable(schema, "sessions"));
            store.createSchema();
            assertWorks(store);
        } finally {
            table.update("drop schema \"" + schema + "\" cascade");
        }
        assertThat(SchemaScript.forTable("public", "sessions")).doesNotContain("create schema");
    }

    @Test
    void aMissingSchemaIsMadeToo() {
        String schema = table.schema() + "_more";
        try {
            PostgresSessionStore store = table.store(table.settings().withTable(schema, "sessions"));
            store.createSchema();
            assertWorks(store);
        } finally {
            table.update("drop schema " + schema + " cascade");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sessions",
                "select",
                "odd \"name\"; drop table x --",
                "what? 'this' {table} {touch} {schema} $1 \\ /* %s",
                "sitzungen-für-ünïcode-☃",
                "exactly-56-bytes-long-so-that-the-name-of-the-index-fits"
            })
    void anyNameIsTakenLiterally(String name) {
        String schema = table.schema() + name.substring(0, Math.min(name.length(), 20));
        try {
            PostgresSessionStore store = table.store(table.settings().withTable(schema, name));
            store.createSchema();
            store.createSchema();
            assertWorks(store);
            assertThat(table.query(
                            "select relname from pg_class c join pg_namespace n on n.oid = relnamespace"
                                    + " where nspname = ? and relkind = 'r'",
                            schema))
                    .isEqualTo(name);
        } finally {
            table.update("drop schema " + new Identifier(schema).quoted() + " cascade");
        }
    }

    @Test
    void whoMayOnlyUseRowsNeedsNoMore() {
        table.store().createSchema();
        try (DatabaseRole role = new DatabaseRole(table).grantedRows()) {
            PostgresSessionStore store = role.store();
            store.createSchema();
            assertWorks(store);
        }
    }

    @Test
    void whoMayNotMakeTheTableIsTold() {
        try (DatabaseRole role = new DatabaseRole(table).granted("usage on schema " + table.schema())) {
            assertThatThrownBy(() -> role.store().createSchema())
                    .isInstanceOf(UnusableTableException.class)
                    .hasMessageContaining(table.name() + " is not there")
                    .hasMessageContaining(role.name() + " may not make it")
                    .hasMessageContaining("permission denied")
                    .hasMessageEndingWith("schema --schema " + table.schema() + " --role " + role.name())
                    .hasMessageNotContaining("grant");
        }
    }

    @Test
    void whoLacksRightsOnRowsIsTold() {
        table.store().createSchema();
        try (DatabaseRole role = new DatabaseRole(table)) {
            assertLacksRights(role);
            role.granted("select, insert, update, delete on " + table.name());
            assertLacksRights(role);
            role.granted("usage on schema " + table.schema());
            role.store().createSchema();
            table.update("revoke delete on " + table.name() + " from " + role.name());
            assertLacksRights(role);
        }
    }

    private void assertLacksRights(DatabaseRole role) {
        assertThatThrownBy(() -> role.store().createSchema())
                .isInstanceOf(UnusableTableException.class)
                .hasMessageContaining("the role " + role.name() + " lacks rights")
                .hasMessageContaining(table.name());
    }

    @Test
    void aTableOfSomebodyElseIsLeftAlone() {
        table.update("create table " + table.name() + " (id_hash bytea, app text, something text)");
        assertThatThrownBy(() -> table.store().createSchema())
                .isInstanceOf(UnusableTableException.class)
                .hasMessageContaining("it lacks revision, created_at")
                .hasMessageContaining("name another table");
    }

    @Test
    void withoutTheTableEveryMethodSaysWhatToDo() {
        PostgresSessionStore store = table.store();
        assertThatThrownBy(() -> store.load(IdHash.of("app", "a"), OptionalLong.empty()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("load of session " + IdHash.of("app", "a"))
                .hasMessageContaining("createSchema");
    }

    /** Every statement once. */
    private static void assertWorks(PostgresSessionStore store) {
        IdHash first = IdHash.of("app", "first");
        IdHash second = IdHash.of("app", "second");
        assertThat(store.create(new NewSession(first, 1, 600, new byte[1]))).isEqualTo(CreateResult.CREATED);
        SessionChange change = new SessionChange(2, null, new byte[2], OptionalInt.of(60), false);
        assertThat(store.save(first, 1, change)).isEqualTo(new SaveResult.Saved());
        assertThat(store.save(first, 1, new SessionChange(9, null, null, OptionalInt.empty(), false)))
                .isInstanceOf(SaveResult.Conflict.class);
        assertThat(store.save(first, 2, new SessionChange(3, null, null, OptionalInt.empty(), true)))
                .isEqualTo(new SaveResult.Saved());
        assertThat(store.cycle(first, 3, new NewSession(second, 4, 60, new byte[1])))
                .isEqualTo(new SaveResult.Saved());
        assertThat(store.touch(first)).isTrue();
        assertThat(store.load(second, OptionalLong.empty())).isPresent();
        assertThat(store.countAlive()).isEqualTo(1);
        assertThat(store.delete(first)).isTrue();
        List<ClaimedSession> claimed = StoreFixture.claim(store, 10, Duration.ofMinutes(1));
        assertThat(store.deleteClaimed(claimed)).isEqualTo(claimed.size());
        assertThat(store.pruneExpired(true)).isZero();
        assertThat(store.health()).isEqualTo(HealthProbe.HEALTHY);
    }
}
