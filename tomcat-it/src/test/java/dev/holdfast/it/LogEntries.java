package dev.holdfast.it;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lines of a log put together to entries: what does not begin with a date belongs to the entry before. */
final class LogEntries {
    private static final Pattern BEGINNING = Pattern.compile("^\\d\\d-[A-Z][a-z]{2}-\\d{4} .*");

    private LogEntries() {}

    static List<String> of(List<String> lines) {
        List<String> entries = new ArrayList<>();
        for (String line : lines) {
            if (entries.isEmpty() || BEGINNING.matcher(line).matches()) {
                entries.add(line);
            } else {
                entries.set(entries.size() - 1, entries.get(entries.size() - 1) + "\n" + line);
            }
        }
        return entries;
    }
}
