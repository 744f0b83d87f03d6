package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.store.SharedCreates.Create;
import dev.holdfast.store.SharedLoads.Wanted;
import dev.holdfast.store.SharedSaves.Save;
import dev.holdfast.testdb.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several sessions in one statement, which is made to happen here; {@link RushTest} lets it happen. */
@Timeout(120)
class SharedStatementsTest {
    private static final SaveResult NO_SAVE = new SaveResult.Gone();

    private final PostgresTable table = PostgresTable.create();
    private final PostgresSettings settings = table.settings();
    private final PostgresSessionStore store = table.store();
    private final OwnPool pool =
            new OwnPool(settings, new PostgresDriver(settings, new JdbcUrl(String.valueOf(settings.url()))));
    private final Database database = new Database(pool);
    private final Sql sql =
            new Sql(new Identifier(settings.schema()), new Identifier(settings.table()), settings.touchInterval());
    private final RowWriter writer = new RowWriter(settings.app(), sql);
    private final SharedCreates creates = new SharedCreates(sql, database, writer);
    private final SharedSaves saves = new SharedSaves(sql, database, writer);
    private final SharedLoads loads = new SharedLoads(sql, database);

    @AfterEach
    void close() {
        pool.close();
        table.close();
    }

    private static IdHash id(int number) {
        return IdHash.of("app", "s" + number);
    }

    private void create(int count) {
        for (int i = 0; i < count; i++) {
            store.create(new NewSession(id(i), 1, 600, StoreFixture.bytes("base of " + i)));
        }
    }

    private static Create fresh(IdHash id) {
        return new Create(new NewSession(id, 5, 600, StoreFixture.bytes("base of " + id)));
    }

    private static Save save(int number, long expected) {
        return save(number, expected, 2);
    }

    private static Save save(int number, long expected, long next) {
        byte[] delta = StoreFixture.bytes("delta of " + number);
        return new Save(id(number), expected, new SessionChange(next, null, delta, OptionalInt.empty(), false));
    }

    private <Q, A> List<CompletableFuture<A>> together(Combiner.Statement<Q, A> statement, List<Q> questions, A none)
            throws InterruptedException {
        Crowd<Q, A> crowd = new Crowd<>(8, statement, none);
        List<CompletableFuture<A>> answers = crowd.waiting(questions);
        crowd.letThrough();
        await().until(() -> crowd.sharedStatements().equals(List.of(questions.size())));
        return answers;
    }

    private static List<Save> four() {
        return List.of(save(0, 1), save(1, 1), save(2, 1), save(3, 1));
    }

    @Test
    void loadsOfAnyNumberGetEachItsOwnRow() throws Exception {
        create(6);
        store.delete(id(2));
        for (int count = 2; count <= 8; count++) {
            List<Wanted> wanted = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                wanted.add(new Wanted(id(i % 6), i == 4 ? 1 : -1));
            }
            List<CompletableFuture<Optional<SessionRow>>> rows = together(loads, wanted, Optional.empty());
            for (int i = 0; i < count; i++) {
                Optional<SessionRow> row = rows.get(i).get();
                if (i % 6 == 2) {
                    assertThat(row).isEmpty();
                    continue;
                }
                assertThat(row.orElseThrow().idHash()).isEqualTo(id(i % 6));
                assertThat(StoreFixture.text(row.orElseThrow().base())).isEqualTo(i == 4 ? null : "base of " + i % 6);
            }
        }
    }

    @Test
    void aSaveInAPartitionedTableWritesItsRowAndNoOther() throws Exception {
        table.update("create table " + table.schema() + ".parts (like " + table.name()
                + " including all) partition by hash (id_hash)");
        for (int part = 0; part < 2; part++) {
            table.update("create table " + table.schema() + ".part" + part + " partition of " + table.schema()
                    + ".parts for values with (modulus 2, remainder " + part + ")");
        }
        Sql parts = new Sql(new Identifier(table.schema()), new Identifier("parts"), settings.touchInterval());
        try (PostgresSessionStore parted = table.store(settings.withTable(table.schema(), "parts"))) {
            for (int i = 0; i < 8; i++) {
                parted.create(new NewSession(id(i), 1, 600, StoreFixture.bytes("base of " + i)));
            }
            for (CompletableFuture<SaveResult> result :
                    together(new SharedSaves(parts, database, writer), List.of(save(2, 1), save(5, 1)), NO_SAVE)) {
                assertThat(result.get()).isEqualTo(new SaveResult.Saved());
            }
            for (int i = 0; i < 8; i++) {
                assertThat(parted.load(id(i), OptionalLong.empty())
                                .orElseThrow()
                                .revision())
                        .isEqualTo(i == 2 || i == 5 ? 2 : 1);
            }
        }
    }

    /** As they are planned when a new installation gets its first requests. */
    @Test
    void plansThatWereMadeForAnEmptyTableGoByTheKey() throws SQLException {
        assertPlansGoByTheKey();
    }

    @Test
    void plansThatAreMadeForALargeTableGoByTheKey() throws SQLException {
        table.update("insert into " + table.name() + " (id_hash, app, revision, created_at, accessed_at, max_inactive,"
                + " expires_at, base) select sha256(n::text::bytea), 'app', n, now(), now(), 600,"
                + " now() + interval '1 hour', sha256(n::text::bytea) from generate_series(1, 2000) as n");
        table.update("analyze " + table.name());
        assertPlansGoByTheKey();
    }

    private void assertPlansGoByTheKey() throws SQLException {
        assertThat(plan(sql.load)).contains("Index Scan").doesNotContain("Seq Scan");
        assertThat(plan(sql.loadTogether)).contains("Index Scan").doesNotContain("Seq Scan");
        assertThat(plan(sql.saveTogether)).contains("Nested Loop", "Index Scan").doesNotContain("Seq Scan");
    }

    private static String plan(String text) throws SQLException {
        String numbered = text;
        int parameters = 0;
        while (numbered.contains("?")) {
            numbered = numbered.replaceFirst("\\?", "\\$" + ++parameters);
        }
        try (Connection connection = TestPostgres.shared().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = force_generic_plan");
            statement.execute("prepare asked as " + numbered);
            String nulls = String.join(", ", Collections.nCopies(parameters, "null"));
            List<String> plan = new ArrayList<>();
            try (ResultSet line = statement.executeQuery("explain execute asked (" + nulls + ")")) {
                while (line.next()) {
                    plan.add(line.getString(1));
                }
            }
            return String.join("\n", plan);
        }
    }

    @Test
    void aRefusedSaveIsToldWhyAndTheOthersAreSaved() throws Exception {
        create(6);
        store.delete(id(2));
        store.cycle(id(3), 1, new NewSession(id(33), 7, 600, new byte[1]));
        List<CompletableFuture<SaveResult>> results = together(
                saves,
                List.of(save(0, 1), save(1, 1), save(2, 1), save(3, 1), save(4, 99), save(5, 1), save(5, 1, 3)),
                NO_SAVE);
        assertThat(results.get(0).get()).isEqualTo(new SaveResult.Saved());
        assertThat(results.get(1).get()).isEqualTo(new SaveResult.Saved());
        assertThat(results.get(2).get()).isEqualTo(new SaveResult.Gone());
        assertThat(results.get(3).get()).isEqualTo(new SaveResult.Moved(id(33)));
        assertThat(((SaveResult.Conflict) results.get(4).get()).current().revision())
                .isEqualTo(1);
        assertThat(List.of(
                        results.get(5).get() instanceof SaveResult.Saved,
                        results.get(6).get() instanceof SaveResult.Saved))
                .as("two saves of one session, of which one comes first")
                .containsExactlyInAnyOrder(true, false);
        assertThat(table.column(id(1), "revision || convert_from(delta, 'utf8')"))
                .isEqualTo("2delta of 1");
        assertThat(table.column(id(4), "revision")).isEqualTo("1");
    }

    /** Which is how it looks where a batch was not kept together, or had happened although it said otherwise. */
    @Test
    void aSaveThatIsThereAlreadyIsSaved() throws Exception {
        create(3);
        store.save(id(1), 1, save(1, 1).change());
        List<CompletableFuture<SaveResult>> results =
                together(saves, List.of(save(0, 1), save(1, 1), save(2, 1)), NO_SAVE);
        for (CompletableFuture<SaveResult> result : results) {
            assertThat(result.get()).isEqualTo(new SaveResult.Saved());
        }
        assertThat(saves.save(id(1), 1, save(1, 1).change())).isEqualTo(new SaveResult.Saved());
        assertThat(saves.save(id(1), 1, save(1, 1, 3).change())).isInstanceOf(SaveResult.Conflict.class);
    }

    @Test
    void aSharedSaveIsOneTransaction() throws Exception {
        create(8);
        List<Save> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(save(i, 1));
        }
        together(saves, all, NO_SAVE).forEach(CompletableFuture::join);
        assertThat(transactionsThatWrote(2)).isEqualTo("1");
    }

    @Test
    void sharedCreatesAreOneTransactionAndAnIdThatIsTakenFailsNoOther() throws Exception {
        create(1);
        List<Create> all = IntStream.range(0, 8).mapToObj(i -> fresh(id(i))).toList();
        List<CompletableFuture<CreateResult>> results = together(creates, all, CreateResult.EXISTS);
        assertThat(results.get(0).get()).isEqualTo(CreateResult.EXISTS);
        for (int i = 1; i < 8; i++) {
            assertThat(results.get(i).get()).isEqualTo(CreateResult.CREATED);
            assertThat(table.column(id(i), "convert_from(base, 'utf8')")).isEqualTo("base of " + id(i));
        }
        assertThat(table.column(id(0), "revision")).isEqualTo("1");
        assertThat(transactionsThatWrote(5)).isEqualTo("1");
    }

    @Test
    void whatTheDatabaseRefusesBeginsEachByItself() throws Exception {
        table.update(
                "alter table " + table.name() + " add check (convert_from(base, 'utf8') <> 'base of " + id(2) + "')");
        List<CompletableFuture<CreateResult>> results =
                together(creates, List.of(fresh(id(1)), fresh(id(2)), fresh(id(3))), CreateResult.EXISTS);
        assertThat(results.get(0).get()).isEqualTo(CreateResult.CREATED);
        assertThat(results.get(2).get()).isEqualTo(CreateResult.CREATED);
        assertThatThrownBy(results.get(1)::get)
                .hasCauseInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("create of session " + id(2))
                .hasMessageContaining("violates check constraint");
    }

    @Test
    void thoseWhoRepeatCreatesInAnotherOrderDoNotDeadlock() throws Exception {
        String deadlocks = "select deadlocks from pg_stat_database where datname = current_database()";
        String before = table.query(deadlocks);
        List<IdHash> keys = Stream.of(id(1), id(2)).sorted().toList();
        List<CompletableFuture<CreateResult>> some;
        List<CompletableFuture<CreateResult>> others;
        try (Connection holder = TestPostgres.shared().connect()) {
            holder.setAutoCommit(false);
            writer.create(holder, fresh(keys.get(0)).session());
            some = together(creates, List.of(fresh(keys.get(0)), fresh(keys.get(1))), CreateResult.EXISTS);
            others = together(creates, List.of(fresh(keys.get(1)), fresh(keys.get(0))), CreateResult.EXISTS);
            await().until(() -> table.query("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and query like 'insert%' and query like '%" + settings.schema() + "%'")
                    .equals("2"));
            holder.rollback();
        }
        assertThat(List.of(some.get(0).get(), others.get(1).get()))
                .containsExactlyInAnyOrder(CreateResult.CREATED, CreateResult.EXISTS);
        assertThat(List.of(some.get(1).get(), others.get(0).get()))
                .containsExactlyInAnyOrder(CreateResult.CREATED, CreateResult.EXISTS);
        pool.close();
        assertThat(table.query(deadlocks)).isEqualTo(before);
    }

    @Test
    void aRowThatIsLockedHoldsUpNobodyElse() throws Exception {
        create(4);
        List<CompletableFuture<SaveResult>> results;
        try (Connection holder = TestPostgres.shared().connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select from " + table.name() + " where delta is null and convert_from(base, 'utf8')"
                    + " = 'base of 2' for update");
            results = together(saves, four(), NO_SAVE);
            assertThat(results.get(1).get()).isEqualTo(new SaveResult.Saved());
            assertThat(results.get(3).get()).isEqualTo(new SaveResult.Saved());
            assertThat(results.get(2)).isNotDone();
        }
        assertThat(results.get(2).get()).isEqualTo(new SaveResult.Saved());
    }

    /**
     * What a lock has left behind that is over does not tell itself apart from one that is held. A row with contents that lie elsewhere
     * PostgreSQL locks by itself as it writes it.
     */
    @Test
    void aRowThatWasLockedIsSavedAloneAndIsFreeFromThenOn() throws Exception {
        for (int i = 0; i < 4; i++) {
            store.create(new NewSession(id(i), 1, 600, new byte[4_000]));
        }
        try (Connection holder = TestPostgres.shared().connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select from " + table.name() + " for update");
            holder.rollback();
        }
        together(saves, four(), NO_SAVE)
                .forEach(result -> assertThat(result.join()).isEqualTo(new SaveResult.Saved()));
        assertThat(transactionsThatWrote(2)).isEqualTo("4");
        for (long revision = 2; revision < 5; revision++) {
            List<Save> next = List.of(save(0, revision, revision + 1), save(1, revision, revision + 1));
            together(saves, next, NO_SAVE)
                    .forEach(result -> assertThat(result.join()).isEqualTo(new SaveResult.Saved()));
            assertThat(transactionsThatWrote(revision + 1)).isEqualTo("1");
        }
    }

    private String transactionsThatWrote(long revision) {
        return table.query("select count(distinct xmin::text) from " + table.name() + " where revision = " + revision);
    }

    @Test
    void aLostAnswerIsLostForEachAndNothingIsWrittenTwice() throws Exception {
        create(4);
        Crowd<Save, SaveResult> crowd = new Crowd<>(8, saves, NO_SAVE);
        List<CompletableFuture<SaveResult>> results = crowd.waiting(four());
        try (Connection holder = TestPostgres.shared().connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table " + table.name());
            crowd.letThrough();
            await().until(() -> terminated("query like 'update%unnest%'") == 1);
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(results.get(i)::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("save of session " + id(i))
                        .hasMessageNotContaining("delta");
            }
        }
        assertThat(table.query("select count(*) from " + table.name() + " where revision = 2"))
                .isEqualTo("0");
    }

    @Test
    void whatTheDatabaseRefusesIsSavedEachByItself() throws Exception {
        create(4);
        table.update("alter table " + table.name() + " add check (delta is null or delta <> 'delta of 2')");
        List<CompletableFuture<SaveResult>> results = together(saves, four(), NO_SAVE);
        assertThat(results.get(1).get()).isEqualTo(new SaveResult.Saved());
        assertThat(results.get(3).get()).isEqualTo(new SaveResult.Saved());
        assertThatThrownBy(results.get(2)::get)
                .hasCauseInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("save of session " + id(2))
                .hasMessageContaining("violates check constraint");
    }

    @Test
    void aLoadWhoseConnectionDiesIsAskedAgain() throws Exception {
        create(3);
        Crowd<Wanted, Optional<SessionRow>> crowd = new Crowd<>(8, loads, Optional.empty());
        List<CompletableFuture<Optional<SessionRow>>> rows =
                crowd.waiting(List.of(new Wanted(id(0), -1), new Wanted(id(1), -1), new Wanted(id(2), -1)));
        try (Connection holder = TestPostgres.shared().connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table " + table.name());
            crowd.letThrough();
            await().until(() -> terminated("query like 'select%unnest%'") == 1);
        }
        for (CompletableFuture<Optional<SessionRow>> row : rows) {
            assertThat(row.get()).isPresent();
        }
    }

    private int terminated(String whose) {
        return Integer.parseInt(table.query("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where pid <> pg_backend_pid() and wait_event_type = 'Lock' and " + whose));
    }

    @Test
    void whoIsAloneRunsTheStatementOfOne() throws Exception {
        try (CountingDataSource source = new CountingDataSource(true);
                TableOnDataSource given = new TableOnDataSource(source)) {
            given.store().create(new NewSession(id(0), 1, 600, new byte[1]));
            source.statements();
            assertThat(given.store().load(id(0), OptionalLong.empty())).isPresent();
            assertThat(source.statements()).isEqualTo(1);
            given.store().save(id(0), 1, save(0, 1).change());
            assertThat(source.statements()).isEqualTo(1);
            assertThat(source.texts()).noneMatch(text -> text.contains("unnest"));
        }
    }
}
