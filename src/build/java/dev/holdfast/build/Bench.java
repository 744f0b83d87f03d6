package dev.holdfast.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Runs the benchmark in a Java of its own, and fails if it does. It ends by itself when Maven is killed.
 *
 * <p>Argument: the file with the arguments for that Java, which tomcat-it's build has written. The properties {@code bench.*} and
 * {@code holdfast.test.*} of the command line are handed on.
 */
public final class Bench {
    private static final List<String> PASSED_ON = List.of("bench.", "holdfast.test.");

    private Bench() {}

    public static void main(String[] args) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String name : new TreeSet<>(System.getProperties().stringPropertyNames())) {
            if (PASSED_ON.stream().anyMatch(name::startsWith)) {
                command.add("-D" + name + "=" + System.getProperty(name));
            }
        }
        command.add("@" + args[0]);
        if (Child.run(new ProcessBuilder(command)) != 0) {
            throw new BuildFailed("the benchmark failed: see above");
        }
    }
}
