package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.testdb.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole contract through PgBouncer in transaction mode, by an URL that says nothing of it. Skipped where none is installed. */
@SuppressWarnings("NullAway.Init")
class PgBouncerStoreTest extends SessionStoreContract {
    private static final int THREADS = 8;
    private static final int ROUNDS = 100;

    private static PgBouncer bouncer;

    private final PostgresTable table = PostgresTable.create();
    private final SessionStore store = table.store(table.settingsOn(bouncer.jdbcUrl()));
    private final SessionStore otherNode = table.store(table.settingsOn(bouncer.jdbcUrl()));

    @BeforeAll
    static void start() {
        Optional<Path> binary = PgBouncer.binary();
        assumeTrue(binary.isPresent(), "PgBouncer is not installed");
        bouncer = PgBouncer.start(binary.get(), TestPostgres.shared());
    }

    @AfterAll
    static void stop() {
        if (bouncer != null) {
            bouncer.close();
        }
    }

    @AfterEach
    void close() {
        table.close();
    }

    @Override
    SessionStore store() {
        return store;
    }

    @Override
    SessionStore otherNode() {
        return otherNode;
    }

    @Override
    void passTime(Duration duration) {
        table.passTime(duration);
    }

    /** Each transaction may come to another server process; a statement that one of them has prepared is unknown to the next. */
    @Test
    void manyAtOnceGetWhatTheyAskFor() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                String name = "s" + i;
                SessionStore own = i % 2 == 0 ? store : otherNode;
                all.add(executor.submit(() -> live(own, name)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private void live(SessionStore own, String name) {
        long revision = created(name);
        for (int i = 0; i < ROUNDS; i++) {
            long next = revision();
            byte[] delta = bytes(name + i);
            assertThat(own.save(id(name), revision, new SessionChange(next, null, delta, OptionalInt.empty(), false)))
                    .isEqualTo(new SaveResult.Saved());
            revision = next;
            assertThat(own.load(id(name), OptionalLong.empty()).orElseThrow().delta())
                    .isEqualTo(delta);
            assertThat(own.touch(id(name))).isTrue();
        }
        assertThat(own.delete(id(name))).isTrue();
    }
}
