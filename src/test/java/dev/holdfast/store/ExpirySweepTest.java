package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.testdb.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several nodes sweep a table with more rows than go into one batch. */
class ExpirySweepTest {
    private static final int NODES = 4;
    private static final int ROWS = 3_500;
    private static final int MANY = 20_000;

    private final PostgresTable table = PostgresTable.create();
    private final List<PostgresSessionStore> nodes = new ArrayList<>();

    ExpirySweepTest() {
        for (int i = 0; i < NODES; i++) {
            nodes.add(table.store());
        }
    }

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void togetherTheyPruneEachRowOnceAndLeaveNone() throws Exception {
        insertExpired(ROWS, "null");
        insertExpired(ROWS, "'\\x01'");
        List<Integer> removed =
                SessionStoreContract.atOnce(NODES, node -> nodes.get(node).pruneExpired(true));
        assertThat(removed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2 * ROWS);
        assertThat(rows()).isZero();
    }

    @Test
    void tombstonesAlonePerishWithoutFarewell() {
        insertExpired(ROWS, "null");
        insertExpired(ROWS, "'\\x01'");
        assertThat(nodes.get(0).pruneExpired(false)).isEqualTo(ROWS);
        assertThat(rows()).isEqualTo(ROWS);
    }

    @Test
    void noSessionIsClaimedTwice() throws Exception {
        insertExpired(ROWS, "null");
        ConcurrentHashMap<IdHash, Integer> claimedBy = new ConcurrentHashMap<>();
        AtomicInteger twice = new AtomicInteger();
        SessionStoreContract.atOnce(NODES, node -> {
            while (rows() > 0) {
                List<ClaimedSession> claimed = StoreFixture.claim(nodes.get(node), 50, Duration.ofMinutes(5));
                claimed.forEach(session -> {
                    if (claimedBy.putIfAbsent(session.row().idHash(), node) != null) {
                        twice.incrementAndGet();
                    }
                });
                assertThat(nodes.get(node).deleteClaimed(claimed)).isEqualTo(claimed.size());
            }
            return true;
        });
        assertThat(twice).hasValue(0);
        assertThat(claimedBy).hasSize(ROWS);
    }

    @Test
    void noSessionIsRemovedTwice() throws Exception {
        insertExpired(ROWS, "null");
        ConcurrentHashMap<IdHash, Integer> removedBy = new ConcurrentHashMap<>();
        AtomicInteger twice = new AtomicInteger();
        SessionStoreContract.atOnce(NODES, node -> {
            while (rows() > 0) {
                Swept swept = nodes.get(node).sweepExpired(120, Duration.ofMinutes(5), row -> false);
                swept.removed().forEach(row -> {
                    if (removedBy.putIfAbsent(row.idHash(), node) != null) {
                        twice.incrementAndGet();
                    }
                });
            }
            return true;
        });
        assertThat(twice).hasValue(0);
        assertThat(removedBy).hasSize(ROWS);
    }

    /** A save, or a touch, that was under way as the session expired. */
    @Test
    void whatChangesWhileItIsLookedAtIsLeftForAnotherLook() {
        insertExpired(3, "null");
        AtomicInteger looks = new AtomicInteger();
        Swept swept = nodes.get(0).sweepExpired(10, Duration.ofMinutes(5), row -> {
            switch (looks.incrementAndGet()) {
                case 1 -> change(row, "revision = 2");
                case 2 -> change(row, "expires_at = now() + interval '1 hour'");
                default -> {}
            }
            return looks.get() == 1;
        });
        assertThat(looks).hasValue(3);
        assertThat(swept.claimed()).isEmpty();
        assertThat(swept.removed()).hasSize(1);
        assertThat(rows()).isEqualTo(2);
        assertThat(nodes.get(0)
                        .sweepExpired(10, Duration.ofMinutes(5), row -> false)
                        .removed())
                .extracting(SessionRow::revision)
                .containsExactly(2L);
        assertThat(rows()).isEqualTo(1);
    }

    private void change(SessionRow row, String how) {
        table.update("update " + table.name() + " set " + how + " where id_hash = '\\x"
                + HexFormat.of().formatHex(row.idHash().bytes()) + "'");
    }

    /** One batch begins where the last one ended, and none is the last as long as anything is left. */
    @Test
    void aLeaseThatRanOutBehindTheSweepIsFoundByTheSameStore() {
        insertExpired(3, "null");
        table.update("update " + table.name() + " set claim = gen_random_uuid(), claimed_until = 'infinity'");
        insertExpired(10, "null");
        table.update("update " + table.name() + " set expires_at = now() where claim is null");
        assertThat(StoreFixture.claim(nodes.get(0), 4, Duration.ofMinutes(5))).hasSize(4);
        table.update("update " + table.name() + " set claimed_until = '-infinity' where claimed_until = 'infinity'");

        assertThat(StoreFixture.claim(nodes.get(0), 4, Duration.ofMinutes(5))).hasSize(4);
        assertThat(StoreFixture.claim(nodes.get(0), 4, Duration.ofMinutes(5))).hasSize(4);
        assertThat(StoreFixture.claim(nodes.get(0), 4, Duration.ofMinutes(5))).hasSize(1);
        assertThat(StoreFixture.claim(nodes.get(0), 4, Duration.ofMinutes(5))).isEmpty();
    }

    /** The contents of a batch are in memory all at once. */
    @Test
    void largeSessionsAreClaimedAFewAtATime() {
        insertExpired(5, "null");
        table.update("update " + table.name() + " set base = decode(repeat('00', 7 * 1024 * 1024), 'hex')");

        assertThat(StoreFixture.claim(nodes.get(0), 100, Duration.ofMinutes(5))).hasSize(2);
        assertThat(StoreFixture.claim(nodes.get(0), 100, Duration.ofMinutes(5))).hasSize(2);
        assertThat(StoreFixture.claim(nodes.get(0), 100, Duration.ofMinutes(5))).hasSize(1);
    }

    @Test
    void pruningAndClaimingAtOnceDoNotBlockEachOther() throws Exception {
        insertExpired(ROWS, "null");
        insertExpired(ROWS, "'\\x01'");
        AtomicInteger removed = new AtomicInteger();
        SessionStoreContract.atOnce(NODES, node -> {
            while (rows() > 0) {
                PostgresSessionStore store = nodes.get(node);
                removed.addAndGet(
                        node % 2 == 0
                                ? store.pruneExpired(node == 0)
                                : store.deleteClaimed(StoreFixture.claim(store, 100, Duration.ofMinutes(5))));
            }
            return true;
        });
        assertThat(removed).hasValue(2 * ROWS);
    }

    /** A node that sweeps, however slowly, keeps no other from its work. */
    @Test
    void whileOneSweepsTheOthersGoOn() throws Exception {
        insertExpired(1, "null");
        try (Connection sweeper = TestPostgres.shared().connect();
                PreparedStatement lock = sweeper.prepareStatement(Sql.TRY_LOCK)) {
            sweeper.setAutoCommit(false);
            lock.setString(1, "holdfast sweep " + table.name() + " app");
            lock.setString(2, "0");
            lock.execute();
            assertThat(StoreFixture.claim(nodes.get(0), 10, Duration.ofMinutes(1)))
                    .isEmpty();
            assertThat(nodes.get(0).pruneExpired(true)).isZero();
            assertThat(nodes.get(0).create(new NewSession(IdHash.of("app", "a"), 1, 60, new byte[1])))
                    .isEqualTo(CreateResult.CREATED);
            sweeper.rollback();
        }
        assertThat(nodes.get(0).pruneExpired(true)).isEqualTo(1);
    }

    /** As after a night, or an outage: the statistics say that nothing has expired, so the planner would take that for the better key. */
    @Test
    void aBatchIsTakenByItsKeysHoweverManyHaveExpiredUnknownToTheStatistics() {
        insertExpired(MANY, "null");
        table.update("alter table " + table.name() + " set (autovacuum_enabled = off)");
        table.update("update " + table.name() + " set expires_at = now() + interval '1 hour'");
        table.update("analyze " + table.name());
        table.update("update " + table.name() + " set expires_at = now() - interval '1 hour'");
        assertThat(StoreFixture.claim(nodes.get(0), 100, Duration.ofMinutes(5))).hasSize(100);
        nodes.get(0).close();
        String byExpiry = "select sum(idx_tup_read)::bigint from pg_stat_user_indexes join pg_index using (indexrelid)"
                + " where indrelid = '" + table.name() + "'::regclass and not indisprimary";
        await().until(() -> !table.query(byExpiry).equals("0"));
        assertThat(Long.parseLong(table.query(byExpiry))).isLessThan(MANY);
    }

    /** As after a night's sweep: to look for the few that are left to prune, the whole table would look cheaper than the index. */
    @Test
    void pruningNeverReadsTheWholeTable() {
        table.update("alter table " + table.name() + " set (autovacuum_enabled = off)");
        insertExpired(MANY, "null");
        table.update("analyze " + table.name());
        table.update("update " + table.name() + " set expires_at = now() + interval '1 hour'");
        String scans = "select %s from pg_stat_user_tables where relid = '" + table.name() + "'::regclass";
        await().until(() -> Integer.parseInt(table.query(scans.formatted("n_tup_upd"))) == MANY);
        String readWhole = table.query(scans.formatted("seq_tup_read"));
        String byIndex = table.query(scans.formatted("idx_scan"));

        assertThat(nodes.get(0).pruneExpired(false)).isZero();
        nodes.get(0).close();

        await().until(() -> !table.query(scans.formatted("idx_scan")).equals(byIndex));
        assertThat(table.query(scans.formatted("seq_tup_read"))).isEqualTo(readWhole);
    }

    /** Its lock, and the rows that it has removed so far, are free again. */
    @Test
    void aNodeThatFreezesInTheMiddleOfASweepHoldsUpNoOther() throws Exception {
        insertExpired(3, "null");
        PostgresSettings settings = table.settings();
        Sql sql =
                new Sql(new Identifier(settings.schema()), new Identifier(settings.table()), settings.touchInterval());
        try (OwnPool pool = new OwnPool(settings, new PostgresDriver(settings, new JdbcUrl(table.url())))) {
            ExpirySweep frozen = new ExpirySweep("app", sql, new Database(pool), Duration.ofMillis(200));
            assertThatThrownBy(() -> frozen.sweep(10, Duration.ofMinutes(5), row -> {
                        await().until(() -> nodes.get(0).pruneExpired(true) > 0 || rows() == 0);
                        return false;
                    }))
                    .isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(rows()).isZero();
    }

    private void insertExpired(int count, String movedTo) {
        table.update("insert into " + table.name()
                + " (id_hash, app, revision, created_at, accessed_at, max_inactive, expires_at, moved_to, base)"
                + " select sha256(gen_random_uuid()::text::bytea), 'app', 1, now(), now(), 60, now() - interval '1 minute',"
                + movedTo + "::bytea, '\\x00' from generate_series(1, " + count + ")");
    }

    private int rows() {
        return Integer.parseInt(table.query("select count(*) from " + table.name()));
    }
}
