package dev.holdfast.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that keeps two roles apart: one owns the table and is not needed again, the other, which the application has,
 * only reads and writes rows.
 */
public final class RoleScript {
    private RoleScript() {}

    /**
     * The statements, to be run behind those of {@link SchemaScript}. Run twice they change nothing the second time. The
     * roles must exist.
     *
     * @param owner who gets the table, and the schema unless that is {@code public}; {@code null}: who runs the script
     * @param application who gets the rights on rows; {@code null}: nobody
     * @throws IllegalArgumentException if a name is not usable
     */
    public static String forTable(String schema, String table, @Nullable String owner, @Nullable String application) {
        List<String> statements = new ArrayList<>();
        String schemaName = new Identifier(schema).quoted();
        String tableName = schemaName + "." + new Identifier(table).quoted();
        if (owner != null) {
            String role = role(owner);
            // First the schema: who is to own a table must be able to make one there.
            if (!schema.equals(PostgresSettings.DEFAULT_SCHEMA)) {
                statements.add("alter schema " + schemaName + " owner to " + role + ";");
            }
            statements.add("alter table " + tableName + " owner to " + role + ";");
        }
        if (application != null) {
            String role = role(application);
            statements.add("grant usage on schema " + schemaName + " to " + role + ";");
            statements.add("grant select, insert, update, delete on table " + tableName + " to " + role + ";");
        }
        return String.join("\n", statements);
    }

    private static String role(String name) {
        Identifier.problemOfRole(name).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return new Identifier(name).quoted();
    }
}
