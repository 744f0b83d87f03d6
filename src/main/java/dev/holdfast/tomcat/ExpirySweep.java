package dev.holdfast.tomcat;

import dev.holdfast.HoldfastException;
import dev.holdfast.session.EngineStats;
import dev.holdfast.session.SessionEngine;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Destroys expired sessions, on threads of its own that end when there is nothing to do: a listener of the application that hangs
 * holds up neither Tomcat's background thread, nor a stop, nor for long the sweep, as another one begins beside it. Safe for use
 * by many threads.
 */
final class ExpirySweep implements AutoCloseable {
    /** Long enough for a batch of slow listeners: a lease that ran out beneath them would have them called twice. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    /** A sweep whose batch takes longer is taken to hang in a listener, and another one may begin. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Nodes that were started together come here together: each waits a part of this, so that they ask one after the other. */
    private static final Duration JITTER = Duration.ofSeconds(2);

    private static final int MOST_SWEEPS = 4;
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(2);

    private final PostgresSessionManager manager;
    private final SessionEngine engine;
    private final Audience audience;
    private final ThreadPoolExecutor executor;
    private long lastProgress;
    private int sweeping;

    ExpirySweep(PostgresSessionManager manager, SessionEngine engine) {
        this.manager = manager;
        this.engine = engine;
        this.audience = new Audience(manager);
        this.executor =
                new ThreadPoolExecutor(0, MOST_SWEEPS, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "holdfast-sweep" + manager.getContext().getName());
        thread.setDaemon(true);
        thread.setContextClassLoader(ExpirySweep.class.getClassLoader());
        return thread;
    }

    /**
     * Begins a sweep, unless one is under way and not hanging: that one finds what this one would.
     *
     * @param jittered whether it may wait a moment first, on its own thread
     */
    synchronized void start(boolean jittered) {
        boolean hanging = System.nanoTime() - lastProgress > PATIENCE.toNanos();
        if ((sweeping == 0 || hanging) && sweeping < MOST_SWEEPS) {
            lastProgress = System.nanoTime();
            try {
                // takes no place before it is certain that it will give it back: there may be no thread for it
                executor.execute(() -> begin(jittered));
                sweeping++;
            } catch (RejectedExecutionException e) {
                // this manager is stopping, or the last sweep's thread is just ending: the next one comes soon
            }
        }
    }

    private void begin(boolean jittered) {
        if (!jittered || paused(ThreadLocalRandom.current().nextLong(JITTER.toMillis()))) {
            sweep();
        } else {
            ended();
        }
    }

    private synchronized void ended() {
        sweeping--;
    }

    private synchronized void progressed() {
        lastProgress = System.nanoTime();
    }

    /** @return false if the manager is stopping */
    private static boolean paused(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One batch after the other, until one finds nothing. */
    private void expireAll() {
        SweepPace pace = new SweepPace();
        long requests = requests();
        int found = 1;
        while (found > 0 && paused(pace.rest().toMillis())) {
            progressed();
            long began = System.nanoTime();
            found = engine.expire(pace.batch(), LEASE, audience);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            long before = requests;
            requests = requests();
            pace.worked(took, requests != before);
        }
    }

    /** What requests have asked of the database so far, as far as it takes to tell whether there are any. */
    private long requests() {
        EngineStats stats = engine.stats();
        return stats.loads() + stats.misses() + stats.creates();
    }

    private void sweep() {
        long began = System.nanoTime();
        Thread.currentThread().setContextClassLoader(manager.applicationClassLoader());
        try {
            manager.openSchema();
            expireAll();
            engine.pruneTombstones();
            engine.dropOrphans();
        } catch (HoldfastException e) {
            manager.log().warn(manager.prefix() + "expired sessions are left for the next sweep: " + e.getMessage());
        } catch (RuntimeException e) {
            manager.log().error(manager.prefix() + "expired sessions are left for the next sweep", e);
        } finally {
            Thread.currentThread().setContextClassLoader(ExpirySweep.class.getClassLoader());
            ended();
            manager.setProcessingTime(
                    manager.getProcessingTime() + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }
    }

    /** Ends within seconds, even if a listener hangs; the lease lets another node finish what this one began. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(PATIENCE_AT_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                manager.log().warn(manager.prefix() + "a session listener has not returned; it is left behind");
                engine.removeTold();
            }
        } catch (HoldfastException e) {
            manager.log().warn(manager.prefix() + "expired sessions are left for another sweep: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
