package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Encodes a value again and again while other threads change it, and looks at everything that comes out. */
final class Race {
    private static final Object WRITERS = new Object();
    private static final int LONGEST_PAUSE_SPINS = 400;

    /** How long each value is encoded again and again; by default what a build has time for. */
    private static final long MILLIS = Long.getLong("holdfast.race.millis", 20);

    private static final int FEWEST_ROUNDS = 5;

    private final Changing changing;
    private final int writers;
    private int accepted;

    Race(Changing changing, int writers) {
        this.changing = changing;
        this.writers = writers;
    }

    int accepted() {
        return accepted;
    }

    Race run(SessionCodec codec) throws Exception {
        List<Thread> threads = new ArrayList<>();
        CountDownLatch started = new CountDownLatch(writers);
        for (int i = 0; i < writers; i++) {
            SplittableRandom random = new SplittableRandom(i + 1);
            Thread thread = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    changeOnce(random);
                    started.countDown();
                    for (int spins = random.nextInt(LONGEST_PAUSE_SPINS); spins > 0; spins--) {
                        Thread.onSpinWait();
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        try {
            started.await();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
            for (int round = 0; round < FEWEST_ROUNDS || System.nanoTime() - end < 0; round++) {
                encodeOnce(codec);
            }
        } finally {
            threads.forEach(Thread::interrupt);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return this;
    }

    /** One writer at a time: what two do to an unguarded object at once may keep it broken for ever. */
    private void changeOnce(SplittableRandom random) {
        synchronized (WRITERS) {
            try {
                changing.change(random);
            } catch (RuntimeException e) {
                // an unguarded object may throw at its writer too, when somebody looks at it
            }
        }
    }

    private void encodeOnce(SessionCodec codec) {
        List<String> beside = new ArrayList<>(List.of("a", "b"));
        Map<String, Object> entries = Codecs.entries(
                "alone",
                changing.value(),
                "beside",
                beside,
                "both",
                new Object[] {"before", changing.value(), beside, "after"},
                "last",
                new ArrayList<>(List.of("text")));
        Encoding encoding = codec.encode(entries);

        assertThat(encoding.refusals()).allSatisfy(refusal -> {
            assertThat(refusal.name()).as(refusal.toString()).isIn("alone", "both");
            assertThat(refusal.reason()).contains("being changed by another request");
        });
        Map<String, Object> decoded = Codecs.entries();
        encoding.fragments().forEach(fragment -> decoded.putAll(codec.decode(fragment)));
        assertThat(decoded.get("beside")).isEqualTo(beside);
        assertThat(decoded.get("last")).isEqualTo(List.of("text"));
        Object alone = decoded.get("alone");
        if (alone != null) {
            accepted++;
            assertThat(Changing.foreign(alone)).isNull();
        }
        if (decoded.get("both") instanceof Object[] parts) {
            accepted++;
            assertThat(parts[0]).isEqualTo("before");
            assertThat(Changing.foreign(parts[1])).isNull();
            assertThat(parts[2]).isEqualTo(beside).isSameAs(decoded.get("beside"));
            assertThat(parts[3]).isEqualTo("after");
        }
    }
}
