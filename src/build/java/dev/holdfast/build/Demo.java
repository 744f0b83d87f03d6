package dev.holdfast.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the demo in a Java of its own, and fails if it does.
 *
 * <p>Arguments: the file with the arguments for that Java, which tomcat-it's build has written, and further options for it.
 */
public final class Demo {
    private Demo() {}

    public static void main(String[] args) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // by this it notices that Maven is gone, even if Maven was killed
        command.add("-Dholdfast.demo.parent=" + ProcessHandle.current().pid());
        command.addAll(List.of(args).subList(1, args.length));
        command.add("@" + args[0]);
        if (Child.run(new ProcessBuilder(command)) != 0) {
            throw new BuildFailed("the demo failed: see above");
        }
    }
}
