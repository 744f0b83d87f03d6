package dev.holdfast.demo;

import com.sun.net.httpserver.HttpExchange;
import dev.holdfast.it.holdfast.Row;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The session's row as PostgreSQL holds it, for the page: nothing of it is opened, there is no key here. */
final class RowView {
    static final String APP = "/shop";

    private final Stage stage;

    RowView(Stage stage) {
        this.stage = stage;
    }

    /** The row, if the database answers and there is one. */
    Optional<Row> row(String sessionId) {
        if (!stage.isDatabaseUp()) {
            return Optional.empty();
        }
        try {
            return stage.table().row(APP, sessionId);
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** Answers with the row of the session whose cookie came; {@code find} may name texts to look for in it. */
    void handle(HttpExchange exchange) throws IOException {
        Optional<String> id = SessionCookie.in(exchange.getRequestHeaders().getOrDefault("Cookie", List.of()));
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("database", stage.isDatabaseUp());
        Optional<Row> row = id.flatMap(this::row);
        answer.put("row", row.map(RowView::columns).orElse(null));
        row.ifPresent(found -> answer.put(
                "found",
                texts(exchange).stream().filter(text -> contains(found, text)).toList()));
        Front.json(exchange, 200, answer);
    }

    private static List<String> texts(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query == null || !query.startsWith("find=")
                ? List.of()
                : List.of(query.substring("find=".length()).split("\n"));
    }

    private static Map<String, @Nullable Object> columns(Row row) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        row.columns().forEach((name, value) -> {
            if (value instanceof byte[] bytes) {
                shown.put(
                        name,
                        Map.of("bytes", bytes.length, "hex", HexFormat.of().formatHex(bytes)));
            } else {
                // JavaScript has no whole numbers of 63 bits
                shown.put(name, value instanceof Long ? value.toString() : value);
            }
        });
        return shown;
    }

    private static boolean contains(Row row, String text) {
        return row.columns().values().stream().anyMatch(value -> {
            String shown = value instanceof byte[] bytes ? latin1(bytes) : String.valueOf(value);
            return List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE).stream()
                    .anyMatch(charset -> shown.contains(form(text, charset)));
        });
    }

    private static String form(String text, Charset charset) {
        return latin1(text.getBytes(charset));
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
