package dev.holdfast.crypto;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The pieces of text that may hold keys, in order, with what each turned out to be. */
final class KeyLines {
    /**
     * One piece, and the key in it, if there is one.
     *
     * @param place says where it stands, for messages
     * @param text as it was written, comment included: it may hold a key in clear
     */
    record Line(String place, String text, @Nullable SealingKey key) {
        /** Not the text. */
        @Override
        public String toString() {
            return place + " [" + key + "]";
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private KeyLines() {}

    /** @throws InvalidKeysException unless the text holds one key or several, each once */
    static KeyLines ofAttribute(String keys) {
        KeyLines result = new KeyLines();
        for (String piece : keys.trim().split("[\\s,]+")) {
            String place = "key " + (result.lines.size() + 1) + " of the attribute keys";
            result.add(new Line(place, piece, null), piece);
        }
        return result.complete("the attribute keys is empty: keygen --print makes a key for it");
    }

    /** @throws InvalidKeysException if the file cannot be read, or unless it holds one key or several, each once */
    static KeyLines ofFile(Path file) {
        KeyLines result = new KeyLines();
        for (String text : KeyFileText.read(file).split("\\R", -1)) {
            String place = "line " + (result.lines.size() + 1) + " of the key file " + file;
            int comment = text.indexOf('#');
            result.add(new Line(place, text, null), (comment < 0 ? text : text.substring(0, comment)).trim());
        }
        return result.complete(
                "the key file " + file + " has no key in it: if it is new, delete it and make one with keygen " + file);
    }

    /** All lines, those without a key included. */
    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** The keys alone, in order; never empty. */
    List<SealingKey> keys() {
        return lines.stream().map(Line::key).filter(Objects::nonNull).toList();
    }

    private void add(Line line, String piece) {
        SealingKey key = null;
        if (!piece.isEmpty()) {
            KeyText.Parsed parsed = KeyText.parse(piece);
            if (parsed instanceof KeyText.Parsed.Key found) {
                key = found.key();
                reportIfRepeated(line.place(), key);
            } else if (parsed instanceof KeyText.Parsed.Wrong wrong) {
                problems.add(line.place() + " " + wrong.problem());
            }
        }
        lines.add(new Line(line.place(), line.text(), key));
    }

    private void reportIfRepeated(String place, SealingKey key) {
        for (Line earlier : lines) {
            if (earlier.key() != null && earlier.key().id() == key.id()) {
                problems.add(place + " repeats the key " + key + " of " + earlier.place() + ": remove one of the two");
                return;
            }
        }
    }

    private KeyLines complete(String problemIfEmpty) {
        if (problems.isEmpty() && keys().isEmpty()) {
            problems.add(problemIfEmpty);
        }
        if (!problems.isEmpty()) {
            throw new InvalidKeysException(problems);
        }
        return this;
    }
}
