package dev.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the table where it is missing, and says what is wrong with one that is there. */
final class TableSetup {
    private static final List<String> COLUMNS = List.of(
            "id_hash",
            "app",
            "revision",
            "created_at",
            "accessed_at",
            "max_inactive",
            "expires_at",
            "moved_to",
            "claim",
            "claimed_until",
            "base",
            "delta");

    private final PostgresSettings settings;
    private final Sql sql;
    private final Database database;

    TableSetup(PostgresSettings settings, Sql sql, Database database) {
        this.settings = settings;
        this.sql = sql;
        this.database = database;
    }

    /** @throws UnusableTableException if there is no table in the end that this role can keep sessions in */
    void run() {
        Found found = database.read("looking for the table", null, this::find);
        if (!found.table()) {
            found = database.transaction("making the table", null, this::make);
        }
        require(found);
    }

    /**
     * The same, and makes nothing.
     *
     * @throws UnusableTableException if there is no table that this role can keep sessions in
     */
    void verify() {
        Found found = database.read("looking for the table", null, this::find);
        if (!found.table()) {
            throw new UnusableTableException(
                    "table " + sql.table + " is not there: createSchema=\"true\" makes it, or the SQL that the command"
                            + " \"schema\" prints",
                    null);
        }
        require(found);
    }

    /** Ten nodes that start at once take turns: concurrent "if not exists" can fail in the catalog. */
    private Found make(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(Sql.LOCK)) {
            lock.setString(1, "holdfast schema " + sql.table);
            lock.execute();
        }
        Found found = find(connection);
        if (found.table()) {
            return found;
        }
        try (Statement statement = connection.createStatement()) {
            if (!found.schema()) {
                statement.execute(sql.createSchema);
            }
            statement.execute(SchemaScript.table(new Identifier(settings.schema()), new Identifier(settings.table())));
        } catch (SQLException e) {
            Diagnosis diagnosis = new Diagnosis(e);
            if (diagnosis.rightsMissing()) {
                throw new UnusableTableException(
                        "table " + sql.table + " is not there, and the role " + found.role() + " may not make it ("
                                + diagnosis.said() + "). Run as the owner of the database what this command prints: "
                                + schemaCommand(found.role()),
                        e);
            }
            throw e;
        }
        return find(connection);
    }

    /** That makes the table for the role, or lets it use one that is there. */
    private String schemaCommand(String role) {
        StringBuilder command = new StringBuilder("schema");
        if (!settings.schema().equals(PostgresSettings.DEFAULT_SCHEMA)) {
            command.append(" --schema ").append(settings.schema());
        }
        if (!settings.table().equals(PostgresSettings.DEFAULT_TABLE)) {
            command.append(" --table ").append(settings.table());
        }
        return command.append(" --role ").append(role).toString();
    }

    private Found find(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.FIND_TABLE)) {
            statement.setString(1, settings.table());
            statement.setString(2, settings.schema());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return new Found("?", false, false, false, List.of(), List.of());
                }
                return new Found(
                        row.getString(1), true, row.getBoolean(2), row.getBoolean(3), texts(row, 4), texts(row, 5));
            }
        }
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    private void require(Found found) {
        List<String> missing = new ArrayList<>(COLUMNS);
        missing.removeAll(found.columns());
        if (!missing.isEmpty()) {
            throw new UnusableTableException(
                    "table " + sql.table + " is not one of this version of Holdfast: it lacks "
                            + String.join(", ", missing) + "; name another table, or rename that one",
                    null);
        }
        if (!found.schemaUsable() || !found.rightsMissing().isEmpty()) {
            throw new UnusableTableException(
                    "the role " + found.role() + " lacks rights: grant usage on schema "
                            + new Identifier(settings.schema()).quoted()
                            + " and select, insert, update, delete on table " + sql.table + " to it",
                    null);
        }
    }

    /**
     * What is there.
     *
     * @param role who asks
     * @param schema whether there is such a schema
     * @param schemaUsable whether the role may look into it
     * @param table whether there is a table of that name
     * @param columns the table's columns
     * @param rightsMissing what the role may not do to rows
     */
    private record Found(
            String role,
            boolean schema,
            boolean schemaUsable,
            boolean table,
            List<String> columns,
            List<String> rightsMissing) {}
}
