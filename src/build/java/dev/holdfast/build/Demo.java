package dev.holdfast.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the demo in a Java of its own, and fails if it does. The demo ends by itself when Maven is killed.
 *
 * <p>Arguments: the file with the arguments for that Java, which tomcat-it's build has written; whether the demo is to
 * check itself ({@code false}, or anything else); further options for that Java.
 */
public final class Demo {
    private Demo() {}

    public static void main(String[] args) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(args).subList(2, args.length));
        command.add("@" + args[0]);
        if (!args[1].equals("false")) {
            command.add("check");
        }
        if (Child.run(new ProcessBuilder(command)) != 0) {
            throw new BuildFailed("the demo failed: see above");
        }
    }
}
