package dev.holdfast.bench;

import dev.holdfast.bench.contestant.Stand;
import dev.holdfast.bench.meter.DatabaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** On what and how it was measured. */
final class Facts {
    private Facts() {}

    static List<String> of(Options options, DatabaseServer database) {
        return List.of(
                Runtime.getRuntime().availableProcessors() + " processors (" + processor() + "), "
                        + System.getProperty("os.name") + " " + System.getProperty("os.version")
                        + "; Tomcat, database and client share them",
                "Java " + System.getProperty("java.version") + ", " + Stand.LINE + ", " + Stand.JVM_OPTIONS,
                database.description(),
                String.format(
                        Locale.ROOT,
                        "%d rounds; %d connections, each with its next request as soon as the last is answered; %d sessions;"
                                + " each path warmed for %.0f s in each round and measured for %.0f s, new sessions at most"
                                + " %d at a time",
                        options.rounds(),
                        options.connections(),
                        options.sessions(),
                        options.warmSeconds(),
                        options.seconds(),
                        options.newSessions()),
                "CPU from /proc: user and system time of Tomcat's process with all threads, its compiler's and collector's"
                        + " too; of the postmaster with all its children, ended ones included",
                "statements, without BEGIN and COMMIT, counted by pg_stat_statements in a short run of its own");
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
