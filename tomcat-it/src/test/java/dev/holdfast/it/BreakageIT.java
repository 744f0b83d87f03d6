package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.breakage.Breakage;
import dev.holdfast.breakage.BreakageJar;
import dev.holdfast.it.history.HistoryPlan;
import dev.holdfast.it.history.HistoryReport;
import dev.holdfast.it.history.HistoryRun;
import dev.holdfast.it.history.Violation;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.Workshop;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The product is broken, and the checker of histories says so. Two breakages each time; {@code -Dhistory.breakages=all} tries all
 * of them, which takes a quarter of an hour or more, and a list of names those.
 */
final class BreakageIT {
    private static final String BY_DEFAULT = Breakage.SAVE_AFTER_RESPONSE + "," + Breakage.NO_MERGE;

    /** What a run shows is a matter of luck to some extent: so there are several, with other choices, until one shows it. */
    private static final int RUNS = 3;

    private static final int NODES = 2;
    private static final int CLIENTS = 8;
    private static final int SESSIONS = 6;

    static List<Breakage> chosen() {
        String names = System.getProperty("history.breakages", BY_DEFAULT);
        return names.equals("all")
                ? List.of(Breakage.values())
                : Arrays.stream(names.split(",")).map(Breakage::valueOf).toList();
    }

    @Test
    void theSoundProductKeepsToTheLaws() {
        Set<LawStory> stories = chosen().stream()
                .map(each -> Verdict.on(each).story())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(LawStory.class)));
        try (TwoNodes nodes = new TwoNodes(Workshop.allJar())) {
            for (LawStory story : stories) {
                assertThat(story.play(nodes)).as(story.name()).isEqualTo(story.expected());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void theBrokenOneDoesNot(Breakage breakage) {
        LawStory story = Verdict.on(breakage).story();
        long began = System.nanoTime();
        try (TwoNodes nodes = new TwoNodes(broken(breakage))) {
            String end = story.play(nodes);
            System.out.printf(
                    "Breakage %s, law %d: %s ended with \"%s\", not \"%s\", after %.0f s%n",
                    breakage, breakage.law(), story, end, story.expected(), seconds(began));

            assertThat(end).as(breakage.sentence()).isNotEqualTo(story.expected());
        }
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void theCheckerSaysWhatIsBroken(Breakage breakage) {
        Verdict verdict = Verdict.on(breakage);
        assumeTrue(verdict.sign().isPresent(), "only a story can show it");
        Violation.Kind sign = verdict.sign().orElseThrow();
        long began = System.nanoTime();
        HistoryReport report = run(breakage, verdict, 1);
        for (int seed = 2; seed <= RUNS && !report.kinds().contains(sign); seed++) {
            report = run(breakage, verdict, seed);
        }
        Map<Violation.Kind, Long> kinds = new TreeMap<>(
                report.violations().stream().collect(Collectors.groupingBy(Violation::kind, Collectors.counting())));
        System.out.printf(
                "Breakage %s, law %d: the checker found %s after %.0f s%n",
                breakage, breakage.law(), kinds, seconds(began));

        assertThat(kinds).as(breakage.sentence() + "\n" + report.text()).containsKey(sign);
        assertThat(kinds.keySet())
                .as("nothing that does not follow from it: " + breakage.sentence() + "\n" + report.text())
                .isSubsetOf(verdict.possible());
    }

    private static HistoryReport run(Breakage breakage, Verdict verdict, int seed) {
        return HistoryRun.run(new HistoryPlan(
                seed,
                verdict.duration(),
                NODES,
                CLIENTS,
                SESSIONS,
                verdict.faults(),
                broken(breakage),
                TomcatLine.TOMCAT_10_1));
    }

    /** The JAR with this breakage, under the name of the sound one. */
    private static Path broken(Breakage breakage) {
        String name = breakage.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Path sound = Workshop.allJar();
        return BreakageJar.of(
                sound,
                breakage,
                Workshop.target().resolve("breakages").resolve(name).resolve(sound.getFileName()));
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
