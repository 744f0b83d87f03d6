package dev.holdfast.it.node;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Sees to it that the processes started here end with this JVM, however that ends, SIGKILL included: a small second JVM
 * reads from a pipe what is to be ended, and ends it when the pipe closes.
 */
public final class Guardian {
    private static Guardian instance;

    private final PrintStream pipe;

    private Guardian(PrintStream pipe) {
        this.pipe = pipe;
    }

    /** The guardian of this JVM, started at the first call. */
    public static synchronized Guardian get() {
        if (instance == null) {
            instance = start();
        }
        return instance;
    }

    private static Guardian start() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GuardianMain.class.getName());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Guardian(new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("cannot start a second Java", e);
        }
    }

    /** From now on this process ends with this JVM. */
    public synchronized void watch(ProcessHandle process) {
        pipe.println("watch " + process.pid());
    }

    /** The process has ended or may live on. */
    public synchronized void forget(ProcessHandle process) {
        pipe.println("forget " + process.pid());
    }

    /**
     * From now on the PostgreSQL whose data are here ends with this JVM, whatever its process is then, and the folder
     * around its data goes.
     */
    public synchronized void watchPostgres(Path data) {
        pipe.println("postgres " + data);
    }
}
