package dev.holdfast.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plays some scenarios on whatever engine this class is defined beside: a class loader may have broken it. */
public final class BrokenEngine {
    private BrokenEngine() {}

    /**
     * Plays the scenarios of these names, each until its law does not hold for the first time.
     *
     * @param losses how many questions and answers may be lost at most
     * @return the laws that did not hold, with the story, by the names of their scenarios
     */
    public static Map<String, String> play(List<String> names, int losses) {
        List<Scenario> all = new ArrayList<>(Interleavings.scenarios());
        all.addAll(LossScenarios.all());
        Map<String, String> violations = new TreeMap<>();
        for (String name : names) {
            Scenario scenario = all.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no scenario " + name));
            Interleavings.explore(scenario, Orders.all(), Math.min(losses, scenario.losses()), Stage::inMemory)
                    .violation()
                    .ifPresent(violation -> violations.put(name, violation.toString()));
        }
        return violations;
    }
}
