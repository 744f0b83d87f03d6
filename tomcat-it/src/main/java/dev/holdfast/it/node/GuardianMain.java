package dev.holdfast.it.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The second JVM of {@link Guardian}. */
final class GuardianMain {
    private static final int STOP_SECONDS = 10;

    private final Map<Long, ProcessHandle> processes = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Path> databases = new ConcurrentLinkedQueue<>();

    private GuardianMain() {}

    public static void main(String[] args) throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        // Ctrl-C reaches every process of the terminal's group at once: this one must outlive those it ends
        Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitQuietly(done)));
        try {
            GuardianMain guardian = new GuardianMain();
            guardian.readUntilTheParentIsGone();
            guardian.endAll();
        } finally {
            done.countDown();
        }
    }

    private void readUntilTheParentIsGone() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "watch" -> ProcessHandle.of(Long.parseLong(words[1])).ifPresent(p -> processes.put(p.pid(), p));
                case "forget" -> processes.remove(Long.parseLong(words[1]));
                case "postgres" -> databases.add(Path.of(words[1]));
                default -> throw new IllegalStateException("what is " + line);
            }
        }
    }

    private void endAll() {
        // destroyForcibly looks at the time at which a process was started: a number used again is safe
        processes.values().forEach(ProcessHandle::destroyForcibly);
        for (Path data : databases) {
            postmaster(data).ifPresent(GuardianMain::stopPostgres);
            deleteAll(data.getParent());
        }
    }

    /** The first line of the file that PostgreSQL keeps while it runs; a file left over may name some other process. */
    private static Optional<ProcessHandle> postmaster(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                    .filter(process -> process.info().command().orElse("").contains("postgres"));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static void stopPostgres(ProcessHandle postmaster) {
        postmaster.destroy();
        try {
            postmaster.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            postmaster.destroyForcibly();
        }
    }

    private static void deleteAll(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // a folder in the temporary folder is left: nobody is here to be told
            return;
        }
    }

    private static void awaitQuietly(CountDownLatch done) {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
