package dev.holdfast.it.history;

import dev.holdfast.it.node.TomcatNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes things fail, one after the other, with rests between. Every fault is over when {@link #act} returns. */
final class Nemesis implements AutoCloseable {
    private static final int REST_MILLIS = 1_200;

    private final Cluster cluster;
    private final Recorder recorder;
    private final Random random;
    private final List<Fault.Kind> bag = new ArrayList<>();

    Nemesis(Cluster cluster, Recorder recorder, Random random) {
        this.cluster = cluster;
        this.recorder = recorder;
        this.random = random;
    }

    /** Rests, and then lets something fail for a while, unless the end comes first. */
    void act(long end) {
        rest(Math.min(end, System.nanoTime() + millis(REST_MILLIS + random.nextInt(REST_MILLIS))));
        if (System.nanoTime() - end >= 0) {
            return;
        }
        Fault.Kind kind = next();
        int node = random.nextInt(cluster.nodes().size());
        int length = 300 + random.nextInt(3_000);
        long begun = recorder.now();
        boolean ofDatabase =
                switch (kind) {
                    case DATABASE_RESTART, DATABASE_CRASH, BACKENDS_KILLED -> true;
                    default -> false;
                };
        commit(kind, node, length);
        recorder.add(new Fault(kind, ofDatabase ? Fault.DATABASE : node, begun, recorder.now()));
    }

    /** Each kind once, in an order of chance, and then again. */
    private Fault.Kind next() {
        if (bag.isEmpty()) {
            bag.addAll(List.of(Fault.Kind.values()));
            Collections.shuffle(bag, random);
            if (!Cluster.postgres().canRestart()) {
                bag.remove(Fault.Kind.DATABASE_RESTART);
                bag.remove(Fault.Kind.DATABASE_CRASH);
            }
        }
        return bag.remove(bag.size() - 1);
    }

    private void commit(Fault.Kind kind, int index, int lengthMillis) {
        TomcatNode node = cluster.nodes().get(index);
        switch (kind) {
            case KILL -> {
                node.kill();
                node.start();
            }
            case FREEZE -> {
                node.freeze();
                try {
                    restMillis(lengthMillis);
                } finally {
                    node.thaw();
                }
            }
            case DATABASE_RESTART -> PostgresFaults.restart(lengthMillis / 2, this);
            case DATABASE_CRASH -> PostgresFaults.crash(this);
            case BACKENDS_KILLED -> PostgresFaults.killBackends();
            case DELAY -> {
                cluster.path(index).delay(Duration.ofMillis(20 + random.nextInt(150)));
                restMillis(lengthMillis);
                cluster.path(index).heal();
            }
            case STALL -> {
                cluster.path(index).stall();
                restMillis(lengthMillis);
                cluster.path(index).heal();
            }
            case CUT -> cluster.path(index).cut();
            case REFUSE -> {
                cluster.path(index).refuse();
                restMillis(lengthMillis);
                cluster.path(index).heal();
            }
        }
    }

    void restMillis(int millis) {
        rest(System.nanoTime() + millis(millis));
    }

    /** Returns at this time, by {@link System#nanoTime}. */
    void rest(long until) {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            try {
                Thread.sleep(Math.max(1, left / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private static long millis(int millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    @Override
    public void close() {
        for (int i = 0; i < cluster.nodes().size(); i++) {
            cluster.path(i).heal();
        }
    }
}
