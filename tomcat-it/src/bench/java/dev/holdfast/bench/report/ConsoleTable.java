package dev.holdfast.bench.report;

import dev.holdfast.bench.contestant.Contestant;
import dev.holdfast.bench.load.Workload;
import dev.holdfast.bench.meter.Sample;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The results as text. */
public final class ConsoleTable {
    private static final int NAME = 12;
    private static final int CELL = 24;

    private final Setting setting;
    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private ConsoleTable(Setting setting, Results results) {
        this.setting = setting;
        this.results = results;
    }

    /** The whole of it, many lines. */
    public static String of(Setting setting, Results results) {
        ConsoleTable table = new ConsoleTable(setting, results);
        table.cpu();
        table.ratios();
        table.figures("requests per second", Sample::perSecond, "%.0f");
        table.figures("p50, microseconds", Sample::p50Micros, "%.0f");
        table.figures("p99, microseconds", Sample::p99Micros, "%.0f");
        table.figures("statements a request", Sample::statements, "%.2f");
        table.figures("bytes of WAL a request", Sample::walPerRequest, "%.0f");
        table.figures("HOT share of updates, per cent", sample -> 100 * sample.hotShare(), "%.1f");
        table.figures("MB of tables, before", sample -> sample.sizeBefore() / 1e6, "%.1f");
        table.figures("MB of tables, after", sample -> sample.sizeAfter() / 1e6, "%.1f");
        table.targets();
        return table.text.toString();
    }

    private void cpu() {
        head("CPU, microseconds a request: Tomcat + store (least to greatest sum of " + setting.rounds() + " rounds)");
        for (Contestant contestant : setting.contestants()) {
            name(contestant);
            for (Workload workload : setting.workloads()) {
                String key = contestant.key();
                Optional<Spread> total = results.spread(key, workload.key(), Sample::totalMicros);
                cell(total.map(sum -> String.format(
                        Locale.ROOT,
                        "%.0f+%.0f (%.0f-%.0f)",
                        median(key, workload, Sample::webMicros),
                        median(key, workload, Sample::storeMicros),
                        sum.min(),
                        sum.max())));
            }
            text.append(results.remark(contestant.key()).orElse("")).append('\n');
        }
    }

    private double median(String contestant, Workload workload, ToDoubleFunction<Sample> figure) {
        return results.spread(contestant, workload.key(), figure)
                .map(Spread::median)
                .orElse(Double.NaN);
    }

    private void ratios() {
        head("CPU in proportion to the floor (medians)");
        for (Contestant contestant : setting.contestants()) {
            name(contestant);
            for (Workload workload : setting.workloads()) {
                cell(results.ratio(contestant.key(), "floor", workload.key())
                        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio)));
            }
            text.append('\n');
        }
    }

    private void figures(String title, ToDoubleFunction<Sample> figure, String format) {
        head(title);
        for (Contestant contestant : setting.contestants()) {
            name(contestant);
            for (Workload workload : setting.workloads()) {
                cell(results.spread(contestant.key(), workload.key(), figure)
                        .map(spread -> String.format(Locale.ROOT, format, spread.median())));
            }
            text.append('\n');
        }
    }

    private void targets() {
        text.append("\nTargets\n");
        for (Target target : Target.of(results)) {
            text.append("  ").append(target).append('\n');
        }
    }

    private void head(String title) {
        text.append('\n').append(title).append('\n').append(" ".repeat(NAME));
        for (Workload workload : setting.workloads()) {
            cell(Optional.of(workload.key()));
        }
        text.append('\n');
    }

    private void name(Contestant contestant) {
        text.append(String.format("%-" + NAME + "s", contestant.key()));
    }

    private void cell(Optional<String> content) {
        text.append(String.format("%-" + CELL + "s", content.orElse("-")));
    }
}
