package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operation costs the table: which rows are rewritten, which pages and indexes stay as they are. */
class RowStorageTest {
    private static final int SAVES = 300;

    private final PostgresTable table = PostgresTable.create();
    private final PostgresSessionStore store = table.store();
    private final IdHash id = IdHash.of("app", "a");
    private final Random random = new Random(7);

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void savesStayInTheirPageAndLeaveTheBaseWhereItIs() {
        create();
        String toast = table.query(
                "select pg_relation_size(reltoastrelid) from pg_class where oid = ?::regclass", table.name());
        for (int i = 1; i <= SAVES; i++) {
            assertThat(store.save(id, i, change(i + 1, false))).isEqualTo(new SaveResult.Saved());
        }
        awaitUpdates(SAVES);
        assertThat(statistic("n_tup_hot_upd")).isEqualTo(SAVES);
        assertThat(table.query(
                        "select pg_relation_size(reltoastrelid) from pg_class where oid = ?::regclass", table.name()))
                .isEqualTo(toast);
        assertThat(Integer.parseInt(toast)).isPositive();
    }

    @Test
    void onlyATouchMovesTheIndexedExpiry() {
        create();
        String expiry = table.column(id, "expires_at");
        store.save(id, 1, change(2, false));
        assertThat(table.column(id, "expires_at")).isEqualTo(expiry);
        store.save(id, 2, change(3, true));
        assertThat(table.column(id, "expires_at")).isNotEqualTo(expiry);
        store.touch(id);
        awaitUpdates(3);
        assertThat(statistic("n_tup_hot_upd")).isEqualTo(1);
    }

    @Test
    void readingWritesNothing() {
        create();
        String version = table.column(id, "xmin::text || ctid");
        store.load(id, OptionalLong.empty());
        store.load(id, OptionalLong.of(1));
        store.save(id, 77, change(78, true));
        store.countAlive();
        store.health();
        StoreFixture.claim(store, 10, Duration.ofMinutes(1));
        store.pruneExpired(true);
        assertThat(table.column(id, "xmin::text || ctid")).isEqualTo(version);
    }

    @Test
    void aTombstoneHasNoContents() {
        create();
        store.save(id, 1, change(2, false));
        store.cycle(id, 2, new NewSession(IdHash.of("app", "b"), 3, 600, new byte[10]));
        assertThat(table.column(id, "base")).isEqualTo("null");
        assertThat(table.column(id, "delta")).isEqualTo("null");
        assertThat(table.column(id, "expires_at between now() + interval '59 minutes' and now() + interval '1 hour'"))
                .isEqualTo("t");
    }

    private void create() {
        byte[] base = new byte[3_400];
        random.nextBytes(base);
        store.create(new NewSession(id, 1, 600, base));
    }

    private SessionChange change(long revision, boolean touch) {
        byte[] delta = new byte[120];
        random.nextBytes(delta);
        return new SessionChange(revision, null, delta, OptionalInt.empty(), touch);
    }

    /** A server process hands in its counters late, at the latest when it ends. */
    private void awaitUpdates(int expected) {
        store.close();
        await().until(() -> statistic("n_tup_upd") == expected);
    }

    private int statistic(String name) {
        return Integer.parseInt(
                table.query("select " + name + " from pg_stat_user_tables where relid = ?::regclass", table.name()));
    }
}
