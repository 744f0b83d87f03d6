package dev.holdfast.bench.scenario;

import dev.holdfast.bench.report.Spread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a scenario has found: figures by name, in the order in which they were added. Not safe for use by several threads. */
public final class Findings {
    private final String title;
    private final List<Finding> findings = new ArrayList<>();

    Findings(String title) {
        this.title = title;
    }

    private record Finding(String name, Spread value, String unit, @Nullable Double limit) {
        String line() {
            String verdict = limit == null
                    ? ""
                    : String.format(
                            Locale.ROOT, "   at most %.2f: %s", limit, value.median() <= limit ? "met" : "MISSED");
            String spread =
                    value.count() == 1 ? "" : String.format(Locale.ROOT, " (%.1f-%.1f)", value.min(), value.max());
            return String.format(Locale.ROOT, "  %-58s %12.2f%s %s%s", name, value.median(), spread, unit, verdict);
        }

        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"name\": \"%s\", \"median\": %.4f, \"min\": %.4f, \"max\": %.4f, \"unit\": \"%s\", \"limit\": %s}",
                    name,
                    value.median(),
                    value.min(),
                    value.max(),
                    unit,
                    limit);
        }
    }

    void add(String name, double value, String unit) {
        findings.add(new Finding(name, Spread.of(value), unit, null));
    }

    void add(String name, List<Double> rounds, String unit) {
        findings.add(new Finding(name, spread(rounds), unit, null));
    }

    /** A figure that must not be greater than this. */
    void target(String name, double value, String unit, double limit) {
        findings.add(new Finding(name, Spread.of(value), unit, limit));
    }

    /** A figure the median of which must not be greater than this. */
    void target(String name, List<Double> rounds, String unit, double limit) {
        findings.add(new Finding(name, spread(rounds), unit, limit));
    }

    /** The median of a figure added before. */
    Optional<Double> median(String name) {
        return findings.stream()
                .filter(finding -> finding.name().equals(name))
                .map(finding -> finding.value().median())
                .findFirst();
    }

    private static Spread spread(List<Double> rounds) {
        return Spread.of(rounds.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** For the console. */
    public String text() {
        return findings.stream().map(Finding::line).collect(Collectors.joining("\n", "\n" + title + "\n", "\n"));
    }

    /** Writes them as JSON and returns the file. */
    public Path write(Path folder, String name) {
        Path file = folder.resolve(name + ".json");
        String json = findings.stream()
                .map(Finding::json)
                .collect(Collectors.joining(",\n  ", "{\"title\": \"" + title + "\", \"findings\": [\n  ", "\n]}\n"));
        try {
            Files.createDirectories(folder);
            Files.writeString(file, json);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
