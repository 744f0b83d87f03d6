package dev.holdfast.cli;

import dev.holdfast.store.PostgresSettings;
import dev.holdfast.store.RoleScript;
import dev.holdfast.store.SchemaScript;
import java.util.Optional;
import java.util.Set;

/** Prints the SQL that makes the table. Touches no database. */
final class SchemaCommand implements Command {
    private static final String SCHEMA = "--schema";
    private static final String TABLE = "--table";
    private static final String OWNER = "--owner";
    private static final String ROLE = "--role";

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public String summary() {
        return "prints the SQL that makes the table, for psql";
    }

    @Override
    public String help() {
        return """
                usage: schema [--schema NAME] [--table NAME] [--owner ROLE] [--role ROLE]

                Prints the SQL that makes the table, and touches no database. Run by whoever owns the
                database, it spares the application the right to make tables; createSchema="true" in
                context.xml does the same without this command. Run twice, it changes nothing more.

                  --schema NAME   the table's schema, made if it is not there (default: %s)
                  --table NAME    the table's name (default: %s)
                  --owner ROLE    gives the table to this role, and the schema unless it is public
                  --role ROLE     lets this role read and write rows, and nothing else: the one that
                                  username in context.xml names

                All names are taken literally: case counts. The roles must exist; to make the
                application's, without a password on any command line:
                  createuser --pwprompt ROLE

                example:
                  schema --schema sessions --owner dba --role shop | psql -v ON_ERROR_STOP=1 -d DATABASE
                """
                .formatted(PostgresSettings.DEFAULT_SCHEMA, PostgresSettings.DEFAULT_TABLE);
    }

    @Override
    public Syntax syntax() {
        return new Syntax(Set.of(), Set.of(SCHEMA, TABLE, OWNER, ROLE), 0);
    }

    @Override
    public int run(Arguments arguments, Console console) throws CommandFailure {
        String schema = arguments.value(SCHEMA).orElse(PostgresSettings.DEFAULT_SCHEMA);
        String table = arguments.value(TABLE).orElse(PostgresSettings.DEFAULT_TABLE);
        Optional<String> owner = arguments.value(OWNER);
        Optional<String> role = arguments.value(ROLE);
        String script;
        String roles;
        try {
            script = SchemaScript.forTable(schema, table);
            roles = RoleScript.forTable(schema, table, owner.orElse(null), role.orElse(null));
        } catch (IllegalArgumentException e) {
            throw Arguments.misused(name(), "cannot use a name: " + e.getMessage());
        }
        // All or nothing: half a schema would look like a finished one to the next run.
        console.result("begin;");
        console.result("");
        console.result(script.stripTrailing());
        if (!roles.isEmpty()) {
            console.result("");
            console.result(roles);
        }
        console.result("");
        console.result("commit;");
        return Console.OK;
    }
}
