package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of {@link SessionStore}, whole: what the classes above say, and here what holds when several act at once. */
abstract class SessionStoreContract extends StoreSweepContract {
    private static final int ACTORS = 8;
    private static final int ROUNDS = 40;

    @Test
    void ofManyCreatorsOneCreates() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "s" + round;
            List<CreateResult> results = atOnce(ACTORS, actor -> node(actor).create(session(name, revision())));
            assertThat(results).containsOnlyOnce(CreateResult.CREATED);
            assertThat(Collections.frequency(results, CreateResult.EXISTS)).isEqualTo(ACTORS - 1);
        }
    }

    @Test
    void ofManySavesAtOneRevisionOneWins() throws Exception {
        long revision = created("a");
        for (int round = 0; round < ROUNDS; round++) {
            long expected = revision;
            List<Long> drawn = new ArrayList<>();
            for (int actor = 0; actor < ACTORS; actor++) {
                drawn.add(revision());
            }
            List<SaveResult> results = atOnce(
                    ACTORS, actor -> node(actor).save(id("a"), expected, delta(drawn.get(actor), "by " + actor)));
            assertThat(results).containsOnlyOnce(new SaveResult.Saved());
            int winner = results.indexOf(new SaveResult.Saved());
            revision = drawn.get(winner);
            assertThat(loaded("a").revision()).isEqualTo(revision);
            assertThat(text(loaded("a").delta())).isEqualTo("by " + winner);
            for (SaveResult result : results) {
                if (result instanceof SaveResult.Conflict conflict) {
                    assertThat(conflict.current().revision()).isEqualTo(revision);
                }
            }
        }
    }

    @Test
    void ofManyDeletesOneFindsTheSession() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "s" + round;
            created(name);
            assertThat(atOnce(ACTORS, actor -> node(actor).delete(id(name)))).containsOnlyOnce(true);
        }
    }

    @Test
    void ofManyRotationsOneWinsAndTheOthersLearnItsId() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "s" + round;
            long revision = created(name);
            List<SaveResult> results = atOnce(
                    ACTORS, actor -> node(actor).cycle(id(name), revision, session(name + "-" + actor, revision())));
            assertThat(results).containsOnlyOnce(new SaveResult.Saved());
            IdHash winner = id(name + "-" + results.indexOf(new SaveResult.Saved()));
            assertThat(Collections.frequency(results, new SaveResult.Moved(winner)))
                    .isEqualTo(ACTORS - 1);
            assertThat(store().countAlive()).isEqualTo(round + 1);
        }
    }

    /** A rotation and a logout at once: whichever comes first, the session is dead in the end. */
    @Test
    void aDeleteFindsTheSessionWhereverItGoesMeanwhile() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "s" + round;
            long revision = created(name);
            List<Boolean> results = atOnce(3, actor -> switch (actor) {
                case 0 -> store().delete(id(name));
                default -> rotateTwice(name, revision, actor);
            });
            assertThat(results.get(0)).isTrue();
            assertThat(store().countAlive()).isZero();
        }
    }

    private boolean rotateTwice(String name, long revision, int actor) {
        long next = revision();
        String second = name + "-" + actor;
        return node(actor).cycle(id(name), revision, session(second, next)) instanceof SaveResult.Saved
                && node(actor).cycle(id(second), next, session(second + "-again", revision()))
                        instanceof SaveResult.Saved;
    }

    @Test
    void pruningAtOnceRemovesEachRowOnce() throws Exception {
        for (int i = 0; i < 50; i++) {
            created("s" + i, 1);
        }
        passTime(Duration.ofSeconds(2));
        List<Integer> removed = atOnce(ACTORS, actor -> node(actor).pruneExpired(true));
        assertThat(removed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
    }

    private SessionStore node(int actor) {
        return actor % 2 == 0 ? store() : otherNode();
    }

    interface Action<T> {
        T by(int actor) throws Exception;
    }

    static <T> List<T> atOnce(int actors, Action<T> action) throws Exception {
        CyclicBarrier start = new CyclicBarrier(actors);
        ExecutorService threads = Executors.newFixedThreadPool(actors);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < actors; i++) {
                int actor = i;
                calls.add(() -> {
                    start.await();
                    return action.by(actor);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
