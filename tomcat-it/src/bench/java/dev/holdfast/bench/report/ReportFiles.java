package dev.holdfast.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the report: a page for people, the same as JSON and as CSV for programs. */
public final class ReportFiles {
    private ReportFiles() {}

    /** Returns the page. */
    public static Path write(Path folder, Setting setting, Results results) {
        Path page = folder.resolve("report.html");
        try {
            Files.createDirectories(folder);
            Files.writeString(page, new Page(setting, results).html(template()));
            Files.writeString(folder.resolve("report.json"), DataFiles.json(setting, results));
            Files.writeString(folder.resolve("samples.csv"), DataFiles.csv(results));
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report", e);
        }
    }

    private static String template() throws IOException {
        try (InputStream in = ReportFiles.class.getResourceAsStream("/dev/holdfast/bench/report.html")) {
            if (in == null) {
                throw new IllegalStateException("no template");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
