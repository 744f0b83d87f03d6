package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.crypto.KeyFile;
import dev.holdfast.crypto.KeyRing;
import dev.holdfast.crypto.SessionCrypto;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.NewSession;
import dev.holdfast.store.PostgresSessionStore;
import dev.holdfast.store.PostgresSettings;
import dev.holdfast.store.SessionChange;
import dev.holdfast.store.TableInspection;
import dev.holdfast.testdb.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator reads, on a real database. */
class CheckCommandTest {
    private final TestPostgres postgres = TestPostgres.shared();
    private final String schema = postgres.createSchema();
    private final Path directory;
    private final Path keyFile;
    private final String keyId;

    CheckCommandTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        this.keyFile = directory.resolve("holdfast.keys");
        this.keyId = KeyFile.create(keyFile);
    }

    @BeforeEach
    void makeTheTable() {
        try (PostgresSessionStore store = store()) {
            store.createSchema();
        }
    }

    @Test
    void allIsWellOnAnEmptyTable() {
        Run run = check("--key-file", keyFile.toString());
        assertThat(run.status()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("ok     keys      " + keyId + " seals");
        assertThat(lines.get(1))
                .startsWith("ok     database  PostgreSQL ")
                .contains(" at " + postgres.jdbcUrl().split("\\?", 2)[0])
                .endsWith(", as " + postgres.username());
        assertThat(lines.get(2)).matches("ok     clock     this machine's clock is \\d+ ms .* the database's .*");
        assertThat(lines.get(3))
                .isEqualTo(
                        "ok     table     \"" + schema + "\".\"holdfast_session\" is there, and the role may use it");
        assertThat(lines.get(4)).isEqualTo("ok     rows      there are none yet");
        assertThat(lines.subList(5, lines.size())).containsExactly("", "All is well.");
        assertThat(run.err()).isEqualTo("counting rows ..." + System.lineSeparator());
    }

    @Test
    void countsRowsByKeyAndMissesOne() throws Exception {
        KeyRing old = KeyRing.read(keyFile);
        Path otherFile = directory.resolve("other.keys");
        String otherId = KeyFile.create(otherFile);
        KeyRing other = KeyRing.read(otherFile);
        try (PostgresSessionStore store = store()) {
            insert(store, "1", SessionCrypto.sealing(old));
            insert(store, "2", SessionCrypto.sealing(other));
            insert(store, "3", SessionCrypto.sealing(other));
            IdHash first = IdHash.of("app", "1");
            byte[] delta = SessionCrypto.sealing(other).seal(new byte[1], new byte[0]);
            store.save(first, 1, new SessionChange(2, null, delta, OptionalInt.empty(), false));
        }

        Run missing = check("--key-file", keyFile.toString());
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.out())
                .contains("ok     rows      1 row (1 alive) sealed with " + keyId + ", which seals")
                .contains(
                        "WRONG  rows      3 rows (3 alive) sealed with " + otherId + ", which this node does not have")
                .endsWith("One thing is wrong." + System.lineSeparator());

        Files.writeString(otherFile, Files.readString(otherFile) + Files.readString(keyFile));
        Run both = check("--key-file", otherFile.toString());
        assertThat(both.status()).isZero();
        assertThat(both.out())
                .contains("ok     keys      " + otherId + " seals, " + keyId + " still opens")
                .contains("1 row (1 alive) sealed with " + keyId + ", which still opens: keep it until there are none");

        assertThat(check().out())
                .contains("note   keys      no key file was given", "note   rows      3 rows (3 alive)");
        assertThat(check("--quick", "--key-file", keyFile.toString()).out()).doesNotContain(otherId);
    }

    @Test
    void expiredRowsOfAMissingKeyLoseNoSession() throws Exception {
        try (PostgresSessionStore store = store()) {
            insert(store, "1", SessionCrypto.sealing(KeyRing.parse(KeyFile.newKey())));
        }
        execute("update " + schema + ".holdfast_session set expires_at = now()");
        Run run = check("--key-file", keyFile.toString());
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("note   rows      1 row (0 alive)", "no session is lost by that");
    }

    @Test
    void aKeyWithoutRowsIsTold() throws Exception {
        String waiting = KeyFile.append(keyFile);
        Run run = check("--key-file", keyFile.toString());
        assertThat(run.out()).contains("note   rows      none sealed with " + waiting + ": if that is the old key");
        assertThat(run.out()).doesNotContain("none sealed with " + keyId);
    }

    @Test
    void tellsPlaintextAndWhatNobodyKnows() {
        try (PostgresSessionStore store = store()) {
            insert(store, "1", SessionCrypto.plaintext());
            store.create(new NewSession(IdHash.of("app", "2"), 1, 60, new byte[20]));
        }
        Run run = check("--key-file", keyFile.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains("WRONG  rows      1 row (1 alive) in plaintext, which a node with keys refuses")
                .contains("WRONG  rows      1 row (1 alive) in no form known here")
                .contains("2 things are wrong.");
        assertThat(check().out()).contains("note   rows      1 row (1 alive) in plaintext");
    }

    @Test
    void tombstonesHaveNoContentsToCount() throws Exception {
        try (PostgresSessionStore store = store()) {
            insert(store, "1", SessionCrypto.sealing(KeyRing.read(keyFile)));
        }
        execute("update " + schema + ".holdfast_session set base = null, moved_to = id_hash");
        assertThat(check("--key-file", keyFile.toString()).out()).contains("ok     rows      there are none yet");
    }

    @Test
    void tellsEverythingThatIsWrongWithTheKeys() throws Exception {
        Files.writeString(keyFile, "nonsense\nnonsense\n");
        Run run = check("--key-file", keyFile.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains("WRONG  keys      line 1 of the key file", "WRONG  keys      line 2 of the key file");
        assertThat(run.out()).as("the rest is checked all the same").contains("ok     table");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void warnsOfAKeyFileThatOthersCanRead() throws Exception {
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-r--r--"));
        Run run = check("--key-file", keyFile.toString());
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("note   keys      the key file " + keyFile + " can be read or changed by others");
    }

    @Test
    void tellsAMissingTableAndMakesNone() {
        Run run = check("--table", "elsewhere");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("WRONG  table     table \"" + schema + "\".\"elsewhere\" is not there");
        assertThat(check("--table", "elsewhere").out()).contains("is not there");
        assertThat(check("--schema", "hf_nowhere").out()).contains("\"hf_nowhere\".\"holdfast_session\" is not there");
    }

    @Test
    void tellsMissingRights() throws Exception {
        String role = schema + "_reader";
        execute("create role " + role + " login password 'not a secret'; grant usage on schema " + schema + " to "
                + role + "; grant select, insert on " + schema + ".holdfast_session to " + role);
        try {
            Run run = run(
                    Map.of("HOLDFAST_PASSWORD", "not a secret"),
                    List.of("--url", postgres.jdbcUrl(), "--username", role, "--schema", schema));
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out())
                    .contains(", as " + role)
                    .contains("WRONG  table     the role " + role + " lacks rights: grant usage");
        } finally {
            execute("drop owned by " + role + "; drop role " + role);
        }
    }

    @Test
    void tellsAReadOnlyDatabase() {
        String url = postgres.jdbcUrl() + (postgres.jdbcUrl().contains("?") ? "&" : "?")
                + "options=-c%20default_transaction_read_only=on";
        Run run = run(
                Map.of("HOLDFAST_PASSWORD", postgres.password()),
                List.of("--url", url, "--username", postgres.username(), "--schema", schema));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("WRONG  database").contains("it is read-only: name the primary");
    }

    @Test
    void tellsWhichWayTheClocksAreApart() {
        assertThat(clock(Duration.ofMillis(5_250), Duration.ofMillis(20)))
                .startsWith(
                        "note   clock     this machine's clock is 5250 ms behind the database's (give or take 20 ms);");
        assertThat(clock(Duration.ofMillis(-5_250), Duration.ofMillis(20)))
                .startsWith("note   clock     this machine's clock is 5250 ms ahead of the database's");
        assertThat(clock(Duration.ofMillis(-900), Duration.ofMillis(20))).startsWith("ok     clock");
        assertThat(clock(Duration.ofSeconds(5), Duration.ofSeconds(6)))
                .as("a slow answer proves nothing")
                .startsWith("ok     clock");
    }

    private static String clock(Duration ahead, Duration uncertainty) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        CheckCommand.checkClock(
                new TableInspection.Server("18", "role", false, ahead, uncertainty),
                new Findings(new Console(stream, stream)));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tellsAnUnreachableDatabase() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Run run = run(
                Map.of(),
                List.of(
                        "--url",
                        "jdbc:postgresql://127.0.0.1:" + port + "/x",
                        "--username",
                        "u",
                        "--password",
                        "hidden"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("WRONG  database  connecting to the database failed: ");
        assertThat(run.out() + run.err()).doesNotContain("hidden");
    }

    @Test
    void tellsWrongSettingsAllAtOnce() {
        Run run = run(Map.of(), List.of("--url", "jdbc:mysql://db/x", "--table", "t".repeat(99)));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .containsExactly(
                        "error: url must begin with jdbc:postgresql:",
                        "error: table must have 1 to 56 bytes, not 99",
                        "hint: see check --help");
        assertThat(run(Map.of(), List.of()).status()).isEqualTo(2);
    }

    @Test
    void anOptionWinsOverThePropertiesFileAndThatOverTheEnvironment() throws Exception {
        Path file = Files.writeString(
                directory.resolve("check.properties"),
                "url=" + postgres.jdbcUrl() + "\nusername=" + postgres.username() + "\npassword=" + postgres.password()
                        + "\nkeyFile=" + keyFile + "\ntable=from_file\nschema=" + schema + "\n");
        Map<String, String> environment = Map.of("HOLDFAST_TABLE", "from_environment", "HOLDFAST_URL", "nonsense");

        assertThat(run(environment, List.of("--properties", file.toString())).out())
                .contains(keyId + " seals", "\"from_file\" is not there");
        assertThat(run(environment, List.of("--properties", file.toString(), "--table", "from_option"))
                        .out())
                .contains("\"from_option\" is not there");
        Map<String, String> all = Map.of(
                "HOLDFAST_URL", postgres.jdbcUrl(),
                "HOLDFAST_USERNAME", postgres.username(),
                "HOLDFAST_PASSWORD", postgres.password(),
                "HOLDFAST_KEYS", KeyFile.newKey(),
                "HOLDFAST_SCHEMA", schema,
                "HOLDFAST_TABLE", "holdfast_session");
        assertThat(run(all, List.of()).status()).isZero();
        assertThat(run(all, List.of("--key-file", keyFile.toString())).out())
                .contains("WRONG  keys      there is a key file and keys as well");
    }

    @Test
    void readsTomcatsOwnProperties() throws Exception {
        Path file = Files.writeString(
                directory.resolve("catalina.properties"),
                "common.loader=${catalina.base}/lib\nholdfast.url=" + postgres.jdbcUrl() + "\nholdfast.username="
                        + postgres.username() + "\nholdfast.password=" + postgres.password() + "\n");

        assertThat(run(Map.of(), List.of("--properties", file.toString(), "--schema", schema))
                        .status())
                .isZero();
    }

    @Test
    void tellsThatThePropertiesCannotBeRead() throws Exception {
        Run missing =
                run(Map.of(), List.of("--properties", directory.resolve("none").toString()));
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).contains("none cannot be read: NoSuchFileException");
        Path malformed = Files.writeString(directory.resolve("malformed"), "password=hidden\\u00zz\n");
        Run run = run(Map.of(), List.of("--properties", malformed.toString()));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("malformed cannot be read").doesNotContain("hidden");
    }

    private Run check(String... more) {
        List<String> words = new ArrayList<>(List.of("--url", postgres.jdbcUrl(), "--username", postgres.username()));
        List<String> given = List.of(more);
        if (!given.contains("--schema")) {
            words.addAll(List.of("--schema", schema));
        }
        words.addAll(given);
        return run(Map.of("HOLDFAST_PASSWORD", postgres.password()), words);
    }

    private static Run run(Map<String, String> environment, List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        CheckCommand command = new CheckCommand(environment);
        int status;
        try {
            status = command.run(Arguments.parse("check", command.syntax(), words), console);
        } catch (CommandFailure e) {
            console.error(e);
            status = e.exitStatus();
        }
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private PostgresSessionStore store() {
        return new PostgresSessionStore(
                PostgresSettings.forUrl("app", postgres.jdbcUrl(), postgres.username(), postgres.password())
                        .withTable(schema, PostgresSettings.DEFAULT_TABLE));
    }

    private static void insert(PostgresSessionStore store, String id, SessionCrypto crypto) {
        byte[] sealed = crypto.seal(new byte[5000], new byte[0]);
        store.create(new NewSession(IdHash.of("app", id), 1, 60, sealed));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
