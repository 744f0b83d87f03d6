package dev.holdfast.it.node;

import dev.holdfast.it.http.Host;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One Tomcat, in a process of its own, started by the distribution's {@code catalina.sh} with the Java that runs this. It
 * keeps its port and its folder through stops and kills. Not safe for use by several threads at once.
 */
public final class TomcatNode implements Host, AutoCloseable {
    static final String SMALL_AND_QUICK = "-Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(30);
    private static final HttpClient PROBE =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final TomcatLine line;
    private final String name;
    private final Path base;
    private final int port;
    private final String jvmOptions;
    private volatile @Nullable Process process;

    TomcatNode(TomcatLine line, String name, Path base, int port, String jvmOptions) {
        this.line = line;
        this.name = name;
        this.base = base;
        this.port = port;
        this.jvmOptions = jvmOptions;
    }

    /** Begins a node of this line; the name is for people and for the log. */
    public static NodeBuilder of(TomcatLine line, String name) {
        return new NodeBuilder(line, name);
    }

    public TomcatLine line() {
        return line;
    }

    public String name() {
        return name;
    }

    /** Its CATALINA_BASE. */
    public Path base() {
        return base;
    }

    @Override
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public boolean isRunning() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** Starts the node and returns when it answers by HTTP, whatever it answers: its applications are up by then, or failed. */
    public TomcatNode start() {
        launch();
        awaitAnswer();
        return this;
    }

    /** Starts the process and does not wait; {@link #awaitAnswer} does. */
    public void launch() {
        if (isRunning()) {
            throw new IllegalStateException(this + " is running");
        }
        File console = base.resolve("logs/console.log").toFile();
        ProcessBuilder command = new ProcessBuilder(
                        "sh", line.home().resolve("bin/catalina.sh").toString(), "run")
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(console));
        var environment = command.environment();
        for (String inherited :
                new String[] {"JRE_HOME", "CLASSPATH", "JAVA_OPTS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"}) {
            environment.remove(inherited);
        }
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("CATALINA_HOME", line.home().toString());
        environment.put("CATALINA_BASE", base.toString());
        environment.put("CATALINA_TMPDIR", base.resolve("temp").toString());
        environment.put("CATALINA_OPTS", jvmOptions);
        try {
            Process started = command.start();
            Guardian.get().watch(started.toHandle());
            process = started;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + this, e);
        }
    }

    public void awaitAnswer() {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!answers()) {
            if (!isRunning()) {
                throw new IllegalStateException(this + " ended while it started:\n" + log().tail());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(this + " did not answer in " + START_PATIENCE + ":\n" + log().tail());
            }
            pause();
        }
    }

    private boolean answers() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri("/")).timeout(PROBE_TIMEOUT).build();
            PROBE.send(request, HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + this, e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(25);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Asks Tomcat to shut down (SIGTERM) and waits until it has; a Tomcat that hangs is killed, and an error. */
    public void stop() {
        Process current = process;
        if (current == null) {
            return;
        }
        current.destroy();
        try {
            current.onExit().get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            String threads = jvm().threads();
            kill();
            throw new IllegalStateException(this + " did not stop in " + STOP_PATIENCE + ":\n" + threads, e);
        } catch (Exception e) {
            throw new IllegalStateException(this + " could not be waited for", e);
        }
        ended(current);
    }

    /** Ends the process as a power cut does (SIGKILL). */
    public void kill() {
        Process current = process;
        if (current != null) {
            current.destroyForcibly().onExit().join();
            ended(current);
        }
    }

    private void ended(Process current) {
        Guardian.get().forget(current.toHandle());
        process = null;
    }

    /** {@link #stop} and {@link #start}. */
    public void restart() {
        stop();
        start();
    }

    /** Stops the process where it stands (SIGSTOP): it neither works nor ends. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen process go on (SIGCONT). */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + signal + " failed for " + this);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A look into the running JVM. */
    public Jvm jvm() {
        return new Jvm(pid());
    }

    /** The number of the process. */
    public long pid() {
        return Optional.ofNullable(process)
                .map(Process::pid)
                .orElseThrow(() -> new IllegalStateException(this + " is not running"));
    }

    /** All that it has logged since its folder was made. */
    public NodeLog log() {
        return new NodeLog(base.resolve("logs"));
    }

    /** Ends the process, if there is one, without ceremony. */
    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "node " + name + " (" + line + ", port " + port + ")";
    }
}
