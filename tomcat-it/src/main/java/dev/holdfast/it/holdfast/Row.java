package dev.holdfast.it.holdfast;

import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** A row of the table as PostgreSQL holds it: column names in their order, with what JDBC gives for them. */
public record Row(LinkedHashMap<String, @Nullable Object> columns) {
    public byte[] bytes(String column) {
        return optionalBytes(column).orElseThrow(() -> new IllegalStateException(column + " is null"));
    }

    public Optional<byte[]> optionalBytes(String column) {
        return Optional.ofNullable((byte[]) columns.get(column));
    }

    public long number(String column) {
        return ((Number) Optional.ofNullable(columns.get(column)).orElseThrow()).longValue();
    }

    public String text(String column) {
        return String.valueOf(columns.get(column));
    }

    /** Whether this is what is left of an id that was changed. */
    public boolean isTombstone() {
        return columns.get("moved_to") != null;
    }

    /** Whether the time of expiry is PostgreSQL's infinity. */
    public boolean neverExpires() {
        return columns.get("expires_at") instanceof Timestamp time
                && time.getTime() == PGStatement.DATE_POSITIVE_INFINITY;
    }

    public Map<String, @Nullable Object> asMap() {
        return columns;
    }
}
