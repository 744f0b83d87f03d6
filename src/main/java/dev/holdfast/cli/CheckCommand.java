package dev.holdfast.cli;

import dev.holdfast.crypto.EnvelopeHead;
import dev.holdfast.crypto.InvalidKeysException;
import dev.holdfast.crypto.KeyRing;
import dev.holdfast.store.PostgresSettings;
import dev.holdfast.store.StoreUnavailableException;
import dev.holdfast.store.TableInspection;
import dev.holdfast.store.UnusableTableException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells whether database, table, rights, clock and keys are as Holdfast needs them. Changes nothing. */
final class CheckCommand implements Command {
    private static final String QUICK = "--quick";
    private static final Duration CLOCKS_AGREE = Duration.ofSeconds(1);
    private static final Duration COUNTING_TIMEOUT = Duration.ofMinutes(10);

    private final Map<String, String> environment;

    CheckCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "tells whether database, table, rights, clock and keys are right";
    }

    @Override
    public String help() {
        return """
                usage: check --url URL [--username NAME] [--key-file FILE] [--schema NAME] [--table NAME]
                             [--properties FILE] [--quick]

                Tells whether the database can be reached, the table is there and the role may use it, how
                far the clocks are apart, and whether the key file has every key that rows are sealed with.
                Changes nothing. Run it on each node, as the user that runs Tomcat.

                  --url URL          jdbc:postgresql://host:5432/database
                  --username NAME    the database role that the application has
                  --password WORD    its password; better by one of the two ways below, since everybody on
                                     this machine can read command lines
                  --key-file FILE    the key file; without it no keys are compared
                  --schema NAME      the table's schema (default: %s)
                  --table NAME       the table's name (default: %s)
                  --properties FILE  a file with lines like url=... or holdfast.url=..., by the names of
                                     context.xml: url, username, password, keyFile or keys, schema, table;
                                     Tomcat's conf/catalina.properties may be it
                  --quick            does not count rows; counting reads the whole table once

                The environment gives the same: HOLDFAST_URL, HOLDFAST_USERNAME, HOLDFAST_PASSWORD,
                HOLDFAST_KEY_FILE or HOLDFAST_KEYS, HOLDFAST_SCHEMA, HOLDFAST_TABLE. An option wins over
                the properties file, and that over the environment.

                Each line says ok, note (worth knowing) or WRONG. Exit status 1 if anything is WRONG.

                example:
                  HOLDFAST_PASSWORD="$(cat /etc/tomcat/db-password)" \\
                    java -jar holdfast-tomcat-*-all.jar check --url jdbc:postgresql://db/shop \\
                    --username shop --key-file /etc/tomcat/holdfast.keys
                """
                .formatted(PostgresSettings.DEFAULT_SCHEMA, PostgresSettings.DEFAULT_TABLE);
    }

    @Override
    public Syntax syntax() {
        return new Syntax(
                Set.of(QUICK),
                Set.of(
                        "--url",
                        "--username",
                        "--password",
                        "--key-file",
                        "--schema",
                        "--table",
                        CheckSettings.PROPERTIES),
                0);
    }

    @Override
    public int run(Arguments arguments, Console console) throws CommandFailure {
        CheckSettings settings = CheckSettings.of(arguments, environment);
        if (!settings.hasUrl()) {
            throw Arguments.misused(name(), "needs --url, url in a properties file, or HOLDFAST_URL");
        }
        PostgresSettings store = settings.store();
        if (!store.problems().isEmpty()) {
            throw CommandFailure.failed(store.problems(), "see check --help");
        }
        Findings findings = new Findings(console);
        Optional<KeyRing> keys = checkKeys(settings, findings);
        if (checkDatabase(store, findings) && !arguments.has(QUICK)) {
            checkRows(store, keys, findings, console);
        }
        return findings.conclude();
    }

    private static Optional<KeyRing> checkKeys(CheckSettings settings, Findings findings) {
        Optional<String> file = settings.keyFile();
        Optional<String> text = settings.keys();
        if (file.isPresent() && text.isPresent()) {
            findings.wrong("keys", "there is a key file and keys as well: give one of the two");
            return Optional.empty();
        }
        if (file.isEmpty() && text.isEmpty()) {
            findings.note("keys", "no key file was given, so rows are not compared with it");
            return Optional.empty();
        }
        try {
            KeyRing ring = file.isPresent() ? KeyRing.read(Path.of(file.get())) : KeyRing.parse(text.orElseThrow());
            findings.ok("keys", describe(ring));
            ring.warnings().forEach(warning -> findings.note("keys", warning));
            return Optional.of(ring);
        } catch (InvalidKeysException e) {
            e.problems().forEach(problem -> findings.wrong("keys", problem));
        } catch (InvalidPathException e) {
            findings.wrong("keys", "the key file's name is none: " + e.getReason());
        }
        return Optional.empty();
    }

    private static String describe(KeyRing ring) {
        String first = ring.keyIds().get(0) + " seals";
        int others = ring.keyIds().size() - 1;
        return others == 0
                ? first
                : first + ", " + String.join(", ", ring.keyIds().subList(1, others + 1)) + " still "
                        + (others == 1 ? "opens" : "open");
    }

    /** Whether there is a table to look into. */
    private static boolean checkDatabase(PostgresSettings settings, Findings findings) {
        try (TableInspection inspection = new TableInspection(settings)) {
            TableInspection.Server server = inspection.server();
            String who = "PostgreSQL " + server.version() + " at " + inspection.where() + ", as " + server.role();
            if (server.readOnly()) {
                findings.wrong("database", who + ", and it is read-only: name the primary, not a standby");
            } else {
                findings.ok("database", who);
            }
            checkClock(server, findings);
            inspection.verifyTable();
            findings.ok("table", inspection.table() + " is there, and the role may use it");
            return true;
        } catch (StoreUnavailableException e) {
            findings.wrong("database", String.valueOf(e.getMessage()));
        } catch (UnusableTableException e) {
            findings.wrong("table", String.valueOf(e.getMessage()));
        }
        return false;
    }

    static void checkClock(TableInspection.Server server, Findings findings) {
        Duration apart = server.clockAhead();
        String offset = "this machine's clock is %d ms %s the database's (give or take %d ms)"
                .formatted(
                        apart.abs().toMillis(),
                        apart.isNegative() ? "ahead of" : "behind",
                        server.clockUncertainty().toMillis());
        if (apart.abs().minus(server.clockUncertainty()).compareTo(CLOCKS_AGREE) <= 0) {
            findings.ok("clock", offset);
        } else {
            findings.note("clock", offset + "; sessions expire by the database's, so none is lost");
        }
    }

    private static void checkRows(
            PostgresSettings settings, Optional<KeyRing> keys, Findings findings, Console console) {
        console.message("counting rows ...");
        try (TableInspection inspection = new TableInspection(settings.withConnectTimeout(COUNTING_TIMEOUT))) {
            RowFindings.report(inspection.countByHead(EnvelopeHead.BYTES), keys, findings);
        } catch (StoreUnavailableException e) {
            findings.wrong("rows", e.getMessage() + "; --quick leaves them out");
        }
    }
}
