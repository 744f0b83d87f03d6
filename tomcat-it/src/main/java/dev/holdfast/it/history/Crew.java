package dev.holdfast.it.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** What the clients have in common. Safe for use by many threads. */
final class Crew implements AutoCloseable {
    private static final int REMEMBERED = 24;
    private static final Slot.Type[] ORDER = {
        Slot.Type.BUSY, Slot.Type.LOGIN, Slot.Type.PINNED, Slot.Type.SHORT, Slot.Type.QUIET, Slot.Type.BUSY
    };

    private final Recorder recorder;
    private final List<Integer> ports;
    private final Actor.Look look;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Semaphore> permits = new ArrayList<>();
    private final Deque<Tabs> retired = new ArrayDeque<>();
    private final List<Tabs> everySession = new ArrayList<>();
    private final AtomicInteger labels = new AtomicInteger();
    private final ExecutorService twins = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "history-twin");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean done;

    Crew(HistoryPlan plan, Recorder recorder, List<Integer> ports, Actor.Look look) {
        this.recorder = recorder;
        this.ports = ports;
        this.look = look;
        for (int i = 0; i < plan.sessions(); i++) {
            slots.add(new Slot(ORDER[i % ORDER.length]));
        }
        // a node that does not answer must not keep everybody waiting
        int each = Math.max(1, plan.clients() * 2 / (plan.nodes() + 1));
        ports.forEach(port -> permits.add(new Semaphore(each)));
    }

    Recorder recorder() {
        return recorder;
    }

    List<Integer> ports() {
        return ports;
    }

    int nodes() {
        return ports.size();
    }

    Actor.Look look() {
        return look;
    }

    ExecutorService twins() {
        return twins;
    }

    boolean isDone() {
        return done;
    }

    void finish() {
        done = true;
    }

    Slot slot(Random random) {
        return slots.get(random.nextInt(slots.size()));
    }

    Tabs newTabs(Slot.Type type) {
        Tabs tabs = new Tabs("s" + labels.incrementAndGet() + "-" + type, type, type.timeoutSeconds());
        if (type.expires()) {
            recorder.timeout(tabs.label(), type.timeoutSeconds());
        }
        return tabs;
    }

    synchronized void started(Tabs tabs) {
        everySession.add(tabs);
    }

    synchronized List<Tabs> everySession() {
        return new ArrayList<>(everySession);
    }

    /** Nobody uses the session any more; its ids are tried now and then. */
    void retire(Slot slot, Tabs tabs) {
        slot.vacate(tabs);
        if (tabs.retire()) {
            synchronized (this) {
                retired.addLast(tabs);
                if (retired.size() > REMEMBERED) {
                    retired.removeFirst();
                }
            }
        }
    }

    synchronized List<Tabs> retired() {
        return new ArrayList<>(retired);
    }

    /** Takes a place at some node, another than the given one if possible; {@link #giveBack} must follow. */
    int take(Random random, int butNot) {
        for (int attempt = 0; ; attempt++) {
            int node = random.nextInt(nodes());
            boolean wanted = node != butNot || attempt > 3 * nodes();
            if (wanted && (permits.get(node).tryAcquire() || (attempt > 6 * nodes() && acquire(node)))) {
                return node;
            }
        }
    }

    private boolean acquire(int node) {
        permits.get(node).acquireUninterruptibly();
        return true;
    }

    void giveBack(int node) {
        permits.get(node).release();
    }

    @Override
    public void close() {
        twins.shutdownNow();
    }
}
