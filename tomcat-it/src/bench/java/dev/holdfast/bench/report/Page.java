package dev.holdfast.bench.report;

import dev.holdfast.bench.contestant.Contestant;
import dev.holdfast.bench.load.Workload;
import dev.holdfast.bench.meter.Sample;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The report as one HTML page that needs nothing else. */
final class Page {
    private final Setting setting;
    private final Results results;

    Page(Setting setting, Results results) {
        this.setting = setting;
        this.results = results;
    }

    String html(String template) {
        return template.replace("{rounds}", Integer.toString(setting.rounds()))
                .replace("{charts}", charts())
                .replace("{targets}", targets())
                .replace("{tables}", tables())
                .replace("{contestants}", contestants())
                .replace("{facts}", list(setting.facts()));
    }

    private String charts() {
        return setting.workloads().stream()
                .map(workload -> "<h3>" + Html.escaped(workload.title()) + "</h3>\n"
                        + BarChart.svg(workload.title(), bars(workload)))
                .collect(Collectors.joining());
    }

    private List<BarChart.Bar> bars(Workload workload) {
        return setting.contestants().stream()
                .map(contestant -> bar(contestant, workload))
                .toList();
    }

    private BarChart.Bar bar(Contestant contestant, Workload workload) {
        String key = contestant.key();
        boolean ours = key.equals("holdfast");
        Optional<Spread> total = results.spread(key, workload.key(), Sample::totalMicros);
        if (total.isEmpty()) {
            return new BarChart.Bar(
                    shortTitle(contestant),
                    0,
                    0,
                    0,
                    0,
                    ours,
                    results.remark(key).orElse("not measured"));
        }
        double web = median(key, workload, Sample::webMicros);
        double store = median(key, workload, Sample::storeMicros);
        return new BarChart.Bar(
                shortTitle(contestant),
                web,
                store,
                total.get().min(),
                total.get().max(),
                ours,
                "");
    }

    private static String shortTitle(Contestant contestant) {
        String title = contestant.title();
        int comma = title.indexOf(',');
        int colon = title.indexOf(':');
        int end = comma < 0 ? colon : colon < 0 ? comma : Math.min(comma, colon);
        return end < 0 ? title : title.substring(0, end);
    }

    private double median(String contestant, Workload workload, ToDoubleFunction<Sample> figure) {
        return results.spread(contestant, workload.key(), figure)
                .map(Spread::median)
                .orElse(0.0);
    }

    private String targets() {
        return Target.of(results).stream()
                .map(target -> String.format(
                        Locale.ROOT,
                        "<tr class=\"%s\"><td>%s</td><td>%.2f</td><td>%.2f</td><td>%s</td></tr>%n",
                        target.isMet() ? "met" : "missed",
                        Html.escaped(target.what()),
                        target.limit(),
                        target.reached(),
                        target.isMet() ? "met" : "missed"))
                .collect(Collectors.joining());
    }

    private String tables() {
        return table("CPU in proportion to the floor", (contestant, workload) -> results.ratio(
                                contestant, "floor", workload)
                        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio)))
                + table("CPU, microseconds a request, least to greatest", (contestant, workload) -> results.spread(
                                contestant, workload, Sample::totalMicros)
                        .map(total -> String.format(
                                Locale.ROOT,
                                "%.1f <small>%.1f&ndash;%.1f</small>",
                                total.median(),
                                total.min(),
                                total.max())))
                + figures("Requests per second", Sample::perSecond, "%.0f")
                + figures("p50, microseconds", Sample::p50Micros, "%.0f")
                + figures("p99, microseconds", Sample::p99Micros, "%.0f")
                + figures("Statements a request", Sample::statements, "%.2f")
                + figures("Bytes of WAL a request", Sample::walPerRequest, "%.0f")
                + figures("HOT share of updates, per cent", sample -> 100 * sample.hotShare(), "%.1f")
                + figures("MB of tables before", sample -> sample.sizeBefore() / 1e6, "%.1f")
                + figures("MB of tables after", sample -> sample.sizeAfter() / 1e6, "%.1f")
                + figures("CPU of the client, microseconds a request", Sample::clientMicros, "%.1f");
    }

    /** What stands in a cell. */
    private interface Cell {
        Optional<String> of(String contestant, String workload);
    }

    private String figures(String title, ToDoubleFunction<Sample> figure, String format) {
        return table(title, (contestant, workload) -> results.spread(contestant, workload, figure)
                .map(spread -> String.format(Locale.ROOT, format, spread.median())));
    }

    private String table(String title, Cell cell) {
        StringBuilder table = new StringBuilder("<h3>" + title + "</h3>\n<table>\n<tr><th></th>");
        setting.workloads()
                .forEach(workload -> table.append("<th>").append(workload.key()).append("</th>"));
        table.append("</tr>\n");
        for (Contestant contestant : setting.contestants()) {
            table.append(contestant.key().equals("holdfast") ? "<tr class=\"ours\"><td>" : "<tr><td>")
                    .append(Html.escaped(shortTitle(contestant)))
                    .append("</td>");
            for (Workload workload : setting.workloads()) {
                table.append("<td>")
                        .append(cell.of(contestant.key(), workload.key()).orElse("&ndash;"))
                        .append("</td>");
            }
            table.append("</tr>\n");
        }
        return table.append("</table>\n").toString();
    }

    private String contestants() {
        return setting.contestants().stream()
                .map(contestant -> "<dt>" + Html.escaped(contestant.title()) + "</dt><dd>"
                        + Html.escaped(contestant.note()) + "</dd>\n")
                .collect(Collectors.joining());
    }

    private static String list(List<String> lines) {
        return lines.stream()
                .map(line -> "<li>" + Html.escaped(line) + "</li>\n")
                .collect(Collectors.joining());
    }
}
