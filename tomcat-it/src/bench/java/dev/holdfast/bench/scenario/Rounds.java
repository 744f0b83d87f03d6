package dev.holdfast.bench.scenario;

import dev.holdfast.bench.Narrator;
import dev.holdfast.bench.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The floor and Holdfast taking turns, round by round. */
final class Rounds {
    private static final List<String> CONTESTANTS = List.of("floor", "holdfast");

    private Rounds() {}

    /** One figure of one contestant in one round. */
    record Figure(String name, double value, String unit) {}

    /** One contestant's turn. */
    interface Turn {
        List<Figure> run(String contestant);
    }

    /** Adds the figures of all rounds to the findings, and Holdfast's in proportion to the floor's for the one named. */
    static void run(Findings findings, Options options, Narrator narrator, Turn turn, String target, double limit) {
        Map<String, List<Figure>> figures = new LinkedHashMap<>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (String contestant : CONTESTANTS) {
                narrator.say("round " + round + ", " + contestant);
                for (Figure figure : turn.run(contestant)) {
                    figures.computeIfAbsent(contestant + ": " + figure.name(), name -> new ArrayList<>())
                            .add(figure);
                }
            }
        }
        figures.forEach((name, values) -> findings.add(
                name, values.stream().map(Figure::value).toList(), values.get(0).unit()));
        double ours = findings.median("holdfast: " + target).orElseThrow();
        double floor = findings.median("floor: " + target).orElseThrow();
        findings.target("in proportion to the floor: " + target, ours / floor, "", limit);
    }
}
