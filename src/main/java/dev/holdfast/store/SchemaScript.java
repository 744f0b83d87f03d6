package dev.holdfast.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The SQL that makes the table, for an owner to run by hand or for {@link SessionStore#createSchema} to run. */
public final class SchemaScript {
    private static final String RESOURCE = "schema.sql";

    private SchemaScript() {}

    /**
     * The script that makes schema and table where they are not there. Run twice it changes nothing the second time.
     *
     * @throws IllegalArgumentException if a name is not usable
     */
    public static String forTable(String schema, String table) {
        Identifier.problemOfSchema(schema)
                .or(() -> Identifier.problemOfTable(table))
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
        Identifier schemaName = new Identifier(schema);
        // "if not exists" asks for the right to create schemas even where there is nothing to create
        String first = schema.equals(PostgresSettings.DEFAULT_SCHEMA)
                ? ""
                : "create schema if not exists " + schemaName.quoted() + ";\n\n";
        return first + table(schemaName, new Identifier(table));
    }

    static String table(Identifier schema, Identifier table) {
        return Placeholders.fill(
                resource(),
                Map.of(
                        "table",
                        schema.quoted() + "." + table.quoted(),
                        "index",
                        table.index().quoted()));
    }

    private static String resource() {
        try (InputStream stream = SchemaScript.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing from this JAR");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read from this JAR", e);
        }
    }
}
