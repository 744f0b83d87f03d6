package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.history.HistoryPlan;
import dev.holdfast.it.history.HistoryReport;
import dev.holdfast.it.history.HistoryRun;
import dev.holdfast.it.history.Operation.Kind;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.Workshop;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients use sessions on several nodes while things fail, and the record of all answers shows nothing that breaks a law.
 * {@code -Dhistory.minutes=} makes it longer, {@code -Dhistory.seed=} repeats the choices of an earlier run.
 */
final class HistoryIT {
    private static final int SECONDS = 25;

    @ParameterizedTest
    @EnumSource
    void nothingIsLostWhateverFails(TomcatLine line) {
        Duration duration = Duration.ofMinutes(Long.getLong("history.minutes", 0))
                .plusSeconds(Long.getLong("history.minutes", 0) > 0 ? 0 : Long.getLong("history.seconds", SECONDS));
        HistoryReport report = HistoryRun.run(new HistoryPlan(
                Long.getLong("history.seed", ThreadLocalRandom.current().nextInt(1_000_000)),
                duration,
                Integer.getInteger("history.nodes", line == TomcatLine.TOMCAT_10_1 ? 3 : 2),
                Integer.getInteger("history.clients", 8),
                Integer.getInteger("history.sessions", 6),
                !"false".equals(System.getProperty("history.faults")),
                Workshop.allJar(),
                line));
        System.out.println(report.text());

        assertThat(report.violations()).as(report.text()).isEmpty();
        // a run in which nothing happened shows nothing
        for (Kind kind : Kind.values()) {
            boolean rare = kind == Kind.START || kind == Kind.LOGOUT;
            assertThat(report.acknowledged(kind))
                    .as(kind + " in\n" + report.text())
                    .isGreaterThanOrEqualTo(rare ? 3 : 10);
        }
    }
}
