package dev.holdfast.packaging.inside;

import dev.holdfast.HoldfastException;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.NewSession;
import dev.holdfast.store.PostgresSessionStore;
import dev.holdfast.store.PostgresSettings;
import dev.holdfast.store.SessionStore;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** Keeps a session by the store of the -all JAR and answers with what came back, or with why nothing did. */
public final class KeepOneSession implements Function<Map<String, String>, String> {
    @Override
    public String apply(Map<String, String> input) {
        PostgresSettings settings = PostgresSettings.forUrl(
                        "packaging", input.getOrDefault("url", ""), input.get("username"), input.get("password"))
                .withTable(input.getOrDefault("schema", ""), PostgresSettings.DEFAULT_TABLE);
        IdHash id = IdHash.of("packaging", input.getOrDefault("id", ""));
        try (SessionStore store = new PostgresSessionStore(settings)) {
            store.createSchema();
            store.create(new NewSession(id, 1, 60, "kept".getBytes(StandardCharsets.UTF_8)));
            return store.load(id, OptionalLong.empty())
                    .map(row ->
                            String.valueOf(row.base() == null ? null : new String(row.base(), StandardCharsets.UTF_8)))
                    .orElse("lost");
        } catch (HoldfastException e) {
            StringBuilder why = new StringBuilder("refused");
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                why.append(": ").append(cause.getMessage());
            }
            return why.toString();
        }
    }
}
