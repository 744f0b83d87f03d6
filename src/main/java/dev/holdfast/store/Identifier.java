package dev.holdfast.store;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The name of a schema or a table, taken literally: always quoted, so that case counts and any character may occur.
 *
 * @param name the name, without quotes
 */
record Identifier(String name) {
    /** PostgreSQL cuts longer names off silently (NAMEDATALEN - 1). */
    private static final int MAX_BYTES = 63;

    /** What {@link #index} appends to the name of the table. */
    private static final String INDEX_SUFFIX = "_expiry";

    static Optional<String> problemOfSchema(String name) {
        return problem("schema", name, MAX_BYTES);
    }

    /** A table's name leaves room for the index that is named after it. */
    static Optional<String> problemOfTable(String name) {
        return problem("table", name, MAX_BYTES - INDEX_SUFFIX.length());
    }

    static Optional<String> problemOfRole(String name) {
        return problem("role", name, MAX_BYTES);
    }

    private static Optional<String> problem(String setting, String name, int maxBytes) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > maxBytes) {
            return Optional.of(setting + " must have 1 to " + maxBytes + " bytes, not " + bytes);
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of(setting + " must not contain control characters");
        }
        return Optional.empty();
    }

    /** The name as SQL wants it. */
    String quoted() {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The name of this table's index. */
    Identifier index() {
        return new Identifier(name + INDEX_SUFFIX);
    }
}
