package dev.holdfast.bench;

import dev.holdfast.bench.contestant.Contestant;
import dev.holdfast.bench.contestant.Contestants;
import dev.holdfast.bench.load.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the system properties {@code bench.*} ask for.
 *
 * @param run which of the {@link Run}s
 * @param rounds how often each contestant takes its turn
 * @param seconds how long each path is measured
 * @param warmSeconds how long each path is run before
 * @param contestants by their keys, in the order of the table
 * @param workloads in the order in which they are run
 * @param connections of the client
 * @param sessions in all, before the path that makes new ones
 * @param newSessions at most, in one run of that path
 * @param count of whatever a scenario counts; 0 for its default
 */
public record Options(
        Run run,
        int rounds,
        double seconds,
        double warmSeconds,
        List<String> contestants,
        List<Workload> workloads,
        int connections,
        int sessions,
        int newSessions,
        long count) {

    private static final int NEW_SESSIONS = 60_000;

    /** With less, much of what is measured is Tomcat's compiler. */
    private static final int WARM_SECONDS = 20;

    /** @throws IllegalArgumentException with everything that is wrong */
    static Options read() {
        List<String> wrong = new ArrayList<>();
        Options options = new Options(
                run(wrong),
                (int) number("bench.rounds", 3, wrong),
                number("bench.seconds", 6, wrong),
                number("bench.warm", WARM_SECONDS, wrong),
                contestants(wrong),
                workloads(wrong),
                (int) number("bench.connections", 16, wrong),
                (int) number("bench.sessions", 256, wrong),
                NEW_SESSIONS,
                (long) number("bench.count", 0, wrong));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
        return options;
    }

    /** How many sessions each connection has. */
    public int sessionsPerConnection() {
        return Math.max(1, sessions / connections);
    }

    private static Run run(List<String> wrong) {
        String key = System.getProperty("bench.run", Run.TABLE.key());
        return Arrays.stream(Run.values())
                .filter(run -> run.key().equals(key))
                .findFirst()
                .orElseGet(() -> {
                    wrong.add("bench.run is one of "
                            + Arrays.stream(Run.values()).map(Run::key).toList() + ", not \"" + key + "\"");
                    return Run.TABLE;
                });
    }

    private static List<String> contestants(List<String> wrong) {
        List<String> all = Contestants.all().stream().map(Contestant::key).toList();
        List<String> asked = list("bench.contestants", all);
        asked.stream()
                .filter(key -> !all.contains(key))
                .forEach(key -> wrong.add("bench.contestants are some of " + all + "; \"" + key + "\" is none"));
        return all.stream().filter(asked::contains).toList();
    }

    private static List<Workload> workloads(List<String> wrong) {
        List<String> all = Arrays.stream(Workload.values()).map(Workload::key).toList();
        List<String> asked = list("bench.paths", all);
        asked.stream()
                .filter(key -> !all.contains(key))
                .forEach(key -> wrong.add("bench.paths are some of " + all + "; \"" + key + "\" is none"));
        return Arrays.stream(Workload.values())
                .filter(workload -> asked.contains(workload.key()))
                .toList();
    }

    private static List<String> list(String property, List<String> all) {
        String value = System.getProperty(property, "");
        return value.isBlank()
                ? all
                : Stream.of(value.split(","))
                        .map(String::strip)
                        .filter(key -> !key.isEmpty())
                        .toList();
    }

    private static double number(String property, double usual, List<String> wrong) {
        String value = System.getProperty(property, "");
        if (value.isBlank()) {
            return usual;
        }
        try {
            double number = Double.parseDouble(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        wrong.add(property + " is a positive number, not \"" + value + "\"");
        return usual;
    }
}
