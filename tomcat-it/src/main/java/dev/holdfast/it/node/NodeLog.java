package dev.holdfast.it.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a node has logged, in all its files. Tomcat writes files from a thread of its own: who looks for a line awaits it.
 */
public final class NodeLog {
    private static final int TAIL_LINES = 60;

    private final Path folder;

    NodeLog(Path folder) {
        this.folder = folder;
    }

    /** All lines of all log files, the sample application's file of events apart. */
    public List<String> lines() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .flatMap(file -> read(file).lines())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@link #lines} as one text. */
    public String text() {
        return String.join("\n", lines());
    }

    /** The lines since a moment at which there were as many as this in {@link #console}. */
    public List<String> consoleSince(int mark) {
        List<String> all = console();
        return all.subList(Math.min(mark, all.size()), all.size());
    }

    /** The lines of the console, in the order in which they were logged. */
    public List<String> console() {
        return read(folder.resolve("console.log")).lines().toList();
    }

    /** What the sample application's listeners have written, one event a line. */
    public List<String> events() {
        return read(folder.resolve("shop-events.txt")).lines().toList();
    }

    /** The last lines, for an error message. */
    public String tail() {
        List<String> all = console();
        return String.join("\n", all.subList(Math.max(0, all.size() - TAIL_LINES), all.size()));
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
