package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.crypto.KeyFile;
import dev.holdfast.crypto.KeyRing;
import dev.holdfast.crypto.SessionCrypto;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.PostgresSessionStore;
import dev.holdfast.store.PostgresSettings;
import dev.holdfast.store.SessionStore;
import dev.holdfast.testdb.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;

/**
 * Two nodes and an observer in one JVM, over a real PostgreSQL: they race far more tightly than requests by HTTP do. A few rounds in
 * the build; {@code -Dholdfast.races=10000} runs all that the figures in the documentation stand for.
 */
abstract class RaceBase {
    private static final int FULL = 10_000;
    private static final int MOST_JITTER_NANOS = 400_000;
    private static final int SHOWN = 10;

    private final String schema = TestPostgres.shared().createSchema();
    private final SessionCrypto crypto = SessionCrypto.sealing(KeyRing.parse(KeyFile.newKey()));
    private final List<SessionStore> stores = new ArrayList<>();
    private final ExecutorService actors = Executors.newCachedThreadPool();
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private final long began = System.nanoTime();

    final Node a = node();
    final Node b = node();
    final Node observer = node();

    private Node node() {
        PostgresSettings settings = new PostgresSettings(
                "app",
                TestPostgres.shared().jdbcUrl(),
                TestPostgres.shared().username(),
                TestPostgres.shared().password(),
                null,
                schema,
                PostgresSettings.DEFAULT_TABLE,
                Node.TOUCH_INTERVAL,
                20,
                Duration.ofSeconds(30));
        SessionStore store = new PostgresSessionStore(settings);
        stores.add(store);
        store.createSchema();
        return new Node(store, crypto, Node.class.getClassLoader(), 16 << 20);
    }

    @AfterEach
    void close() {
        actors.shutdownNow();
        stores.forEach(SessionStore::close);
    }

    /** So many rounds in the build, and so many where {@code -Dholdfast.races=10000} is given. */
    static int rounds(int inTheBuild, int full) {
        int asked = Integer.getInteger("holdfast.races", 0);
        return asked == 0 ? inTheBuild : Math.max(1, (int) ((long) full * asked / FULL));
    }

    final String table() {
        return schema + "." + PostgresSettings.DEFAULT_TABLE;
    }

    /** What one of several does. */
    interface Actor {
        void act() throws Exception;
    }

    /** Lets all begin at about one moment, and waits until all have ended. */
    final void race(List<? extends Actor> racing) throws Exception {
        CyclicBarrier start = new CyclicBarrier(racing.size());
        List<Callable<Void>> calls = new ArrayList<>();
        for (Actor actor : racing) {
            calls.add(() -> {
                start.await();
                jitter();
                actor.act();
                return null;
            });
        }
        for (Future<Void> ended : actors.invokeAll(calls)) {
            ended.get();
        }
    }

    /** A moment more or less, so that not all of them ask at once. */
    static void jitter() {
        long end = System.nanoTime() + ThreadLocalRandom.current().nextInt(MOST_JITTER_NANOS);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    static boolean perhaps() {
        return ThreadLocalRandom.current().nextBoolean();
    }

    final Node anyNode() {
        return perhaps() ? a : b;
    }

    /** Whether the table has a living session of this id, whatever the nodes think. */
    final boolean isAlive(String sessionId) {
        return stores.get(2)
                .load(IdHash.of("app", sessionId), OptionalLong.empty())
                .isPresent();
    }

    final void violated(String what) {
        violations.add(what);
    }

    final void hold(boolean law, String what) {
        if (!law) {
            violated(what);
        }
    }

    /** Says what was run and that it held. */
    final void report(String race, int rounds, String more) {
        System.out.printf(
                "race %s: %,d rounds in %.1f s, %d violations%s%n",
                race, rounds, (System.nanoTime() - began) / 1e9, violations.size(), more.isEmpty() ? "" : "; " + more);
        assertThat(violations).hasSizeLessThan(SHOWN);
        assertThat(violations).isEmpty();
    }
}
