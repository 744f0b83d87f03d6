package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.store.CreateResult;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.NewSession;
import dev.holdfast.store.PostgresSessionStore;
import dev.holdfast.store.PostgresSettings;
import dev.holdfast.testdb.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The printed SQL does in a real database what the help says. */
class SchemaCommandTest {
    private static final String OWNER = "hf owner \"quoted\"";
    private static final String ROLE = "hf_Application";
    private static final String PASSWORD = "not a secret";

    private final TestPostgres postgres = TestPostgres.shared();
    private final String schema = postgres.createSchema() + "'s \"own\"";

    @Test
    void printsTheDefaultTable() {
        Run run = Run.of("schema");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("begin;")
                .contains("create table if not exists \"public\".\"holdfast_session\" (")
                .doesNotContain("create schema", "grant", "owner to")
                .endsWith("commit;" + System.lineSeparator());
        assertThat(run.err()).isEmpty();
    }

    @Test
    void leavesPublicToItsOwner() {
        assertThat(Run.of("schema", "--owner", "o").out())
                .contains("alter table \"public\".\"holdfast_session\" owner to \"o\";")
                .doesNotContain("alter schema");
    }

    @Test
    void keepsOwnerAndApplicationApart() throws Exception {
        execute("create role " + quoted(OWNER) + "; create role " + quoted(ROLE) + " login password '" + PASSWORD
                + "'");
        String sql = Run.of("schema", "--schema", schema, "--table", "Sessions", "--owner", OWNER, "--role", ROLE)
                .out();
        execute(sql);
        execute(sql);

        assertThat(text("select tableowner from pg_tables where tablename = 'Sessions' and schemaname = '"
                        + schema.replace("'", "''") + "'"))
                .isEqualTo(OWNER);
        PostgresSettings settings = PostgresSettings.forUrl("app", postgres.jdbcUrl(), ROLE, PASSWORD)
                .withTable(schema, "Sessions");
        try (PostgresSessionStore store = new PostgresSessionStore(settings)) {
            store.createSchema();
            IdHash id = IdHash.of("app", "id");
            assertThat(store.create(new NewSession(id, 1, 60, new byte[9]))).isEqualTo(CreateResult.CREATED);
            assertThat(store.delete(id)).isTrue();
        }
        String table = quoted(schema) + ".\"Sessions\"";
        for (String tooMuch : new String[] {
            "drop table " + table,
            "truncate " + table,
            "alter table " + table + " add x int",
            "create table " + quoted(schema) + ".other ()"
        }) {
            assertThatThrownBy(() -> execute("set role " + quoted(ROLE) + "; " + tooMuch))
                    .as(tooMuch)
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42501");
        }
    }

    @Test
    void refusesNamesThatPostgresWouldCutOff() {
        assertMisused(Run.of("schema", "--table", "t".repeat(60)), "table must have 1 to 56 bytes, not 60");
        assertMisused(Run.of("schema", "--schema", ""), "schema must have 1 to 63 bytes, not 0");
        assertMisused(Run.of("schema", "--owner", "o".repeat(64)), "role must have 1 to 63 bytes, not 64");
        assertMisused(Run.of("schema", "--role", "a\nb"), "role must not contain control characters");
    }

    @AfterEach
    void removeWhatIsLeft() throws Exception {
        execute("drop schema if exists " + quoted(schema) + " cascade; drop role if exists " + quoted(ROLE)
                + "; drop role if exists " + quoted(OWNER));
    }

    private static void assertMisused(Run run, String problem) {
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("error: schema cannot use a name: " + problem)
                .contains("\nhint: ");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
