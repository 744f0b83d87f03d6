package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Kind;
import dev.holdfast.it.history.Operation.Outcome;
import dev.holdfast.it.node.Workshop;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One run: the nodes are started, used, disturbed, healed, and looked at for the last time; then the record is judged. */
public final class HistoryRun {
    private static final Duration PROGRESS = Duration.ofSeconds(10);
    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final Duration FAREWELLS = Duration.ofSeconds(40);
    private static final int FINAL_CLIENT = 99;
    /** So that the request line fits into what Tomcat accepts. */
    private static final int KEYS_AT_ONCE = 120;

    private final HistoryPlan plan;
    private final Cluster cluster;
    private final Recorder recorder = new Recorder();
    private final Crew crew;

    private HistoryRun(HistoryPlan plan, Cluster cluster) {
        this.plan = plan;
        this.cluster = cluster;
        this.crew = new Crew(plan, recorder, cluster.ports(), cluster::row);
    }

    /** Runs the plan. Says on standard output how it goes. */
    public static HistoryReport run(HistoryPlan plan) {
        System.out.println("History: " + plan);
        try (Cluster cluster = Cluster.start(plan)) {
            HistoryRun run = new HistoryRun(plan, cluster);
            try {
                run.work();
                boolean complete = run.lastLook();
                History history = run.recorder.history(cluster.events(run.recorder), complete);
                keep(plan, history);
                return new HistoryReport(plan, history, Checker.check(history));
            } finally {
                run.crew.close();
            }
        }
    }

    /** Leaves the record in the build's folder, for whoever wants to know what else happened. */
    private static void keep(HistoryPlan plan, History history) {
        Path file = Workshop.target().resolve("histories").resolve(plan.line().version() + "-" + plan.seed() + ".txt");
        try {
            Files.createDirectories(file.getParent());
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
                out.println(plan);
                history.faults().forEach(out::println);
                history.events().forEach(out::println);
                history.operations().stream()
                        .sorted(Comparator.comparingLong(Operation::begun))
                        .forEach(operation -> out.println(operation.sent().session() + " " + operation));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void work() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < plan.clients(); i++) {
            threads.add(new Thread(new Client(i, crew, plan.seed()), "history-client-" + i));
        }
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
        try (Nemesis nemesis = new Nemesis(cluster, recorder, new Random(plan.seed()))) {
            long begun = System.nanoTime();
            long end = begun + plan.duration().toNanos();
            long progress = begun + PROGRESS.toNanos();
            while (System.nanoTime() - end < 0) {
                if (plan.faults()) {
                    nemesis.act(end);
                } else {
                    nemesis.rest(Math.min(end, progress));
                }
                if (System.nanoTime() - progress >= 0) {
                    progress += PROGRESS.toNanos();
                    say(begun);
                }
            }
            crew.finish();
        }
        for (Thread thread : threads) {
            join(thread);
        }
    }

    private void say(long begun) {
        List<Operation> operations = recorder.operations();
        System.out.printf(
                "History: %3d s, %d operations, %d of unknown fate, %d faults, seed %d%n",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                operations.size(),
                operations.stream().filter(o -> o.outcome() != Outcome.DONE).count(),
                recorder.faults().size(),
                plan.seed());
    }

    private static void join(Thread thread) {
        try {
            thread.join(SETTLING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        if (thread.isAlive()) {
            throw new IllegalStateException(thread.getName() + " does not end");
        }
    }

    /** @return whether every expired session has been told of, so that what is missing will never come */
    private boolean lastLook() {
        awaitQuiet();
        try (Actor last = new Actor(FINAL_CLIENT, recorder, cluster.ports())) {
            for (Tabs tabs : crew.everySession()) {
                for (int node = 0; node < plan.nodes(); node++) {
                    lookAt(tabs, last, node);
                }
            }
            boolean complete = awaitFarewells();
            for (Tabs tabs : crew.everySession()) {
                if (tabs.type().expires()) {
                    last.row(tabs, tabs.cookie(), cluster::row);
                }
            }
            return complete;
        }
    }

    private void lookAt(Tabs tabs, Actor last, int node) {
        if (!tabs.isRetired()) {
            List<String> keys = tabs.type() == Slot.Type.PINNED ? Client.pair() : tabs.everyKey();
            for (int from = 0; from == 0 || from < keys.size(); from += KEYS_AT_ONCE) {
                Request several = new Request(Kind.READ).step("look");
                keys.subList(from, Math.min(from + KEYS_AT_ONCE, keys.size()))
                        .forEach(key -> several.step("read:" + key));
                last.send(tabs, node, several);
            }
        }
        for (String id : tabs.ids()) {
            if (tabs.isRetired() || !id.equals(tabs.cookie())) {
                last.send(tabs, id, node, new Request(Kind.PROBE).step("look"));
            }
        }
    }

    /** Until every node answers, and nothing that a client has given up is still under way on any. */
    private void awaitQuiet() {
        for (int port : cluster.ports()) {
            await(SETTLING, () -> isQuiet(port));
        }
    }

    private static boolean isQuiet(int port) {
        try (Wire wire = new Wire(port)) {
            Wire.Reply reply = wire.send("/shop/history?mode=busy", "");
            reply.readBody();
            return reply.body().equals("busy=1\n");
        } catch (IOException e) {
            return false;
        }
    }

    private boolean awaitFarewells() {
        Set<String> expected = crew.everySession().stream()
                .filter(tabs -> tabs.type().expires())
                .map(Tabs::label)
                .collect(Collectors.toSet());
        return await(FAREWELLS, () -> cluster.events(recorder).stream()
                .filter(event -> event.name().equals("unbound"))
                .map(SessionEvent::session)
                .collect(Collectors.toSet())
                .containsAll(expected));
    }

    private interface Condition {
        boolean holds();
    }

    private static boolean await(Duration patience, Condition condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return true;
    }
}
