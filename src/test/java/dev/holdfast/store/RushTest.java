package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads on two nodes load and save the same few sessions, and statements are shared as it comes. */
@Timeout(180)
class RushTest {
    private static final int SESSIONS = 24;
    private static final int THREADS = 16;
    private static final int STEPS = 600;
    private static final long NONE = -1;

    private final PostgresTable table = PostgresTable.create();
    private final List<SessionStore> nodes = List.of(table.store(), table.store());

    /** Each acknowledged save: from which revision of which session to which. */
    private final Map<String, Long> saved = new ConcurrentHashMap<>();

    private final AtomicInteger refused = new AtomicInteger();

    @AfterEach
    void close() {
        table.close();
    }

    private static IdHash id(int number) {
        return IdHash.of("app", "s" + number);
    }

    @Test
    void everySaveThatWasAcknowledgedFollowsTheOneBeforeAndNoneDeadlocks() throws Exception {
        for (int i = 0; i < SESSIONS; i++) {
            nodes.get(0).create(new NewSession(id(i), 1, 600, StoreFixture.bytes("base of " + i)));
        }
        String deadlocks = "select deadlocks from pg_stat_database where datname = current_database()";
        String before = table.query(deadlocks);

        assertThat(SessionStoreContract.atOnce(THREADS, this::loadAndSave)).hasSize(THREADS);

        nodes.forEach(SessionStore::close);
        assertThat(table.query(deadlocks)).isEqualTo(before);
        assertThat(saved).isNotEmpty();
        assertThat(refused).hasPositiveValue();
        assertThat(saved).hasSize(THREADS * STEPS - refused.get());
        int followed = 0;
        for (int i = 0; i < SESSIONS; i++) {
            long revision = 1;
            for (Long next; (next = saved.get(key(i, revision))) != null; revision = next) {
                followed++;
            }
            assertThat(table.column(id(i), "revision")).isEqualTo(String.valueOf(revision));
        }
        assertThat(followed).isEqualTo(saved.size());
    }

    private boolean loadAndSave(int actor) {
        SessionStore node = nodes.get(actor % nodes.size());
        Random random = new Random(actor);
        Map<Integer, Long> held = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            int number = random.nextInt(SESSIONS);
            long known = held.getOrDefault(number, NONE);
            SessionRow row = node.load(id(number), known == NONE ? OptionalLong.empty() : OptionalLong.of(known))
                    .orElseThrow();
            assertRight(row, number, known);
            long next = Revision.after(row.revision());
            byte[] delta = StoreFixture.bytes(key(number, next));
            SaveResult result = node.save(
                    id(number), row.revision(), new SessionChange(next, null, delta, OptionalInt.empty(), false));
            if (result instanceof SaveResult.Saved) {
                assertThat(saved.put(key(number, row.revision()), next))
                        .as("another save from the same revision")
                        .isNull();
                held.put(number, next);
            } else {
                SessionRow current = ((SaveResult.Conflict) result).current();
                assertRight(current, number, NONE);
                assertThat(current.revision()).isNotIn(row.revision(), next);
                refused.incrementAndGet();
            }
        }
        return true;
    }

    private static void assertRight(SessionRow row, int number, long held) {
        assertThat(row.idHash()).isEqualTo(id(number));
        if (held == row.revision()) {
            assertThat(row.base()).isNull();
            assertThat(row.delta()).isNull();
            return;
        }
        assertThat(StoreFixture.text(row.base())).isEqualTo(held == NONE ? "base of " + number : null);
        assertThat(StoreFixture.text(row.delta())).isEqualTo(row.revision() == 1 ? null : key(number, row.revision()));
    }

    private static String key(int number, long revision) {
        return number + " at " + revision;
    }

    @Test
    void underLoadStatementsAreShared() throws Exception {
        try (CountingDataSource source = new CountingDataSource(true);
                TableOnDataSource given = new TableOnDataSource(source)) {
            for (int i = 0; i < THREADS; i++) {
                given.store().create(new NewSession(id(i), 1, 600, new byte[1]));
            }
            SessionStoreContract.atOnce(THREADS, actor -> {
                for (long revision = 1;
                        revision < 10_000 && source.texts().stream().noneMatch(RushTest::isSharedSave);
                        revision++) {
                    given.store()
                            .save(
                                    id(actor),
                                    revision,
                                    new SessionChange(revision + 1, null, null, OptionalInt.empty(), false));
                }
                for (int i = 0; i < 10_000 && source.texts().stream().noneMatch(RushTest::isSharedLoad); i++) {
                    given.store().load(id(actor), OptionalLong.empty());
                }
                return actor;
            });
            assertThat(source.texts()).anyMatch(RushTest::isSharedSave).anyMatch(RushTest::isSharedLoad);
        }
    }

    private static boolean isSharedSave(String text) {
        return text.startsWith("update") && text.contains("unnest");
    }

    private static boolean isSharedLoad(String text) {
        return text.startsWith("select") && text.contains("unnest");
    }
}
