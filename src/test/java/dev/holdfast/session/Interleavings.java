package dev.holdfast.session;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/** Plays every {@link Scenario} in all orders, and tells in which of them its law did not hold. */
public final class Interleavings {
    /** Whether time is no object. */
    static final boolean ALL = "all".equals(System.getProperty("holdfast.interleavings"));

    private static final int WORKERS = 4;

    private Interleavings() {}

    /**
     * A story in which a law did not hold.
     *
     * @param scenario the scenario's name
     * @param law the law in words
     * @param story what was found, and what had happened before, step by step
     */
    public record Violation(String scenario, String law, String story) {
        @Override
        public String toString() {
            return scenario + ": " + law + "\n" + story;
        }
    }

    /** Every scenario there is. */
    static List<Scenario> scenarios() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(SaveScenarios.all());
        all.addAll(OneNodeScenarios.all());
        all.addAll(TouchScenarios.all());
        all.addAll(EndingScenarios.all());
        all.addAll(RotationScenarios.all());
        all.addAll(ChainScenarios.all());
        all.addAll(BirthScenarios.all());
        all.addAll(SweepScenarios.all());
        return all;
    }

    /**
     * Plays all scenarios on a store in memory. A scenario ends with the first violation.
     *
     * @param out told how many orders were visited
     * @return the violations, at most one for each scenario; empty if the laws hold
     */
    public static List<Violation> exploreAll(PrintStream out) {
        return play("in memory", out, scenarios(), scenario -> {
            int losses = scenario.losses() + (ALL ? 1 : 0);
            return explore(scenario, Orders.all(), losses, Stage::inMemory);
        });
    }

    /** Plays several scenarios at the same time: most of the time, an actor is just being woken. */
    static List<Violation> play(
            String where, PrintStream out, List<Scenario> scenarios, Function<Scenario, Result> player) {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<Result>> results = new ArrayList<>();
            scenarios.forEach(scenario -> results.add(workers.submit(() -> player.apply(scenario))));
            List<Violation> violations = new ArrayList<>();
            long visited = 0;
            for (Future<Result> future : results) {
                Result result = future.get();
                out.println(result);
                visited += result.visited();
                result.violation().ifPresent(violations::add);
            }
            out.println("interleavings " + where + ": " + visited);
            return violations;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            workers.shutdownNow();
        }
    }

    /**
     * What came of one scenario.
     *
     * @param byLosses how many orders were visited, by the number of questions and answers that were lost
     */
    record Result(String scenario, TreeMap<Integer, Long> byLosses, Optional<Violation> violation) {
        long visited() {
            return byLosses.values().stream().mapToLong(Long::longValue).sum();
        }

        @Override
        public String toString() {
            List<String> counts = new ArrayList<>();
            byLosses.forEach((losses, count) -> counts.add(count + " with " + losses + " lost"));
            return "interleavings of " + scenario + ": " + String.join(", ", counts)
                    + (violation.isPresent() ? ", A LAW DOES NOT HOLD" : "");
        }
    }

    static Result explore(Scenario scenario, Orders orders, int losses, Supplier<Stage> stages) {
        TreeMap<Integer, Long> visited = new TreeMap<>();
        do {
            Stage stage = stages.get();
            Schedule schedule = new Schedule(orders, losses, stage.obstacle());
            World world = new World(stage, schedule);
            try {
                scenario.setUp().accept(world);
                world.play();
                world.checkCommonLaws();
                scenario.check().accept(world);
            } catch (AssertionError | RuntimeException e) {
                return new Result(scenario.name(), visited, Optional.of(violation(scenario, world, e)));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            visited.merge(schedule.lost(), 1L, Long::sum);
        } while (orders.next());
        return new Result(scenario.name(), visited, Optional.empty());
    }

    private static Violation violation(Scenario scenario, World world, Throwable found) {
        return new Violation(scenario.name(), scenario.law(), found + "\nafter\n  " + world.story);
    }
}
