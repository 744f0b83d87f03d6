package dev.holdfast.it.race;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mass of rounds, run by several hands at once, and the violations that they find. A few rounds by default; as many as
 * {@code -Dholdfast.races=10000} says on request. Safe for use by many threads.
 */
public final class Race {
    private static final int FULL = 10_000;

    private final String name;
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private final Latencies latencies = new Latencies();
    private final long began = System.nanoTime();
    private volatile int rounds;

    public Race(String name) {
        this.name = name;
    }

    /** So many in the build, and so many where all of them are asked for. */
    public static int rounds(int inTheBuild, int full) {
        int asked = Integer.getInteger("holdfast.races", 0);
        return asked == 0 ? inTheBuild : Math.max(1, (int) ((long) full * asked / FULL));
    }

    /** One round. */
    @FunctionalInterface
    public interface Round {
        void run(int number) throws Exception;
    }

    /** Runs rounds 0 to count, by so many hands. */
    public Race run(int count, int hands, Round round) {
        rounds = count;
        AtomicInteger next = new AtomicInteger();
        return each(hands, hand -> {
            for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                long start = System.nanoTime();
                round.run(number);
                latencies.add(System.nanoTime() - start);
            }
        });
    }

    /** Lets each of so many hands do its work at the same time. */
    private Race each(int hands, Round work) {
        ExecutorService executor = Executors.newFixedThreadPool(hands);
        try {
            List<Callable<Void>> calls = new ArrayList<>();
            for (int hand = 0; hand < hands; hand++) {
                int number = hand;
                calls.add(() -> {
                    work.run(number);
                    return null;
                });
            }
            for (Future<Void> ended : executor.invokeAll(calls)) {
                ended.get();
            }
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(name + ": a round broke off", e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    /** Notes a violation unless this holds. */
    public void hold(boolean law, String otherwise) {
        if (!law) {
            violations.add(otherwise);
        }
    }

    /** What was found, after saying on standard output what was run. */
    public List<String> violations(String more) {
        System.out.printf(
                "race %s: %,d rounds in %.1f s, %d violations; %s%s%n",
                name,
                rounds,
                (System.nanoTime() - began) / 1e9,
                violations.size(),
                latencies,
                more.isEmpty() ? "" : "; " + more);
        return List.copyOf(violations);
    }
}
