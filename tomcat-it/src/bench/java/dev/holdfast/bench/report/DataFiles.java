package dev.holdfast.bench.report;

import dev.holdfast.bench.meter.Sample;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The samples for other programs: every figure of every round. */
final class DataFiles {
    private DataFiles() {}

    static String csv(Results results) {
        String head = Arrays.stream(Sample.class.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.joining(","));
        return results.samples().stream()
                .map(sample -> Arrays.stream(Sample.class.getRecordComponents())
                        .map(component -> plain(value(component, sample)))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", head + "\n", "\n"));
    }

    static String json(Setting setting, Results results) {
        String facts = setting.facts().stream().map(DataFiles::quoted).collect(Collectors.joining(", "));
        String targets = Target.of(results).stream()
                .map(target -> String.format(
                        Locale.ROOT,
                        "{\"what\": %s, \"limit\": %.4f, \"reached\": %.4f, \"met\": %b}",
                        quoted(target.what()),
                        target.limit(),
                        target.reached(),
                        target.isMet()))
                .collect(Collectors.joining(",\n    "));
        String samples = results.samples().stream()
                .map(sample -> Arrays.stream(Sample.class.getRecordComponents())
                        .map(component -> quoted(component.getName()) + ": " + jsonValue(value(component, sample)))
                        .collect(Collectors.joining(", ", "{", "}")))
                .collect(Collectors.joining(",\n    "));
        return "{\n  \"facts\": [" + facts + "],\n  \"targets\": [\n    " + targets + "\n  ],\n  \"samples\": [\n    "
                + samples + "\n  ]\n}\n";
    }

    private static Object value(RecordComponent component, Sample sample) {
        try {
            return component.getAccessor().invoke(sample);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String plain(Object value) {
        return value instanceof Double number
                ? number.isNaN() ? "" : String.format(Locale.ROOT, "%.4f", number)
                : String.valueOf(value);
    }

    private static String jsonValue(Object value) {
        return value instanceof String text
                ? quoted(text)
                : value instanceof Double number && number.isNaN() ? "null" : plain(value);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
