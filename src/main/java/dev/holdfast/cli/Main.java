package dev.holdfast.cli;

import dev.holdfast.HoldfastException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The operator's command line: {@code java -jar holdfast-tomcat-<version>-all.jar COMMAND}. */
public final class Main {
    private static final List<Command> COMMANDS =
            List.of(new KeygenCommand(), new SchemaCommand(), new CheckCommand(System.getenv()));
    private static final Set<String> HELP = Set.of("help", "--help", "-h");

    private Main() {}

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] words) {
        System.exit(run(List.of(words), new Console(System.out, System.err)));
    }

    /** Runs a command and returns its exit status. */
    static int run(List<String> words, Console console) {
        try {
            if (words.isEmpty()) {
                throw CommandFailure.notUnderstood("a command is missing", "help lists the commands");
            }
            String first = words.get(0);
            List<String> rest = words.subList(1, words.size());
            if (HELP.contains(first)) {
                return help(rest, console);
            }
            if (first.equals("--version")) {
                console.result("holdfast " + version());
                return Console.OK;
            }
            Command command = command(first);
            if (asksForHelp(rest)) {
                console.result(command.help().stripTrailing());
                return Console.OK;
            }
            return command.run(Arguments.parse(command.name(), command.syntax(), rest), console);
        } catch (CommandFailure e) {
            console.error(e);
            return e.exitStatus();
        } catch (HoldfastException e) {
            console.error(CommandFailure.failed(String.valueOf(e.getMessage()), "mend this and try again"));
            return Console.FAILED;
        }
    }

    private static boolean asksForHelp(List<String> words) {
        int end = words.indexOf("--");
        List<String> options = end < 0 ? words : words.subList(0, end);
        return options.contains("--help") || options.contains("-h");
    }

    private static int help(List<String> words, Console console) throws CommandFailure {
        if (!words.isEmpty()) {
            console.result(command(words.get(0)).help().stripTrailing());
            return Console.OK;
        }
        console.result("Holdfast: encrypted PostgreSQL sessions for Apache Tomcat");
        console.result("");
        console.result("usage: java -jar holdfast-tomcat-" + version() + "-all.jar COMMAND ...");
        console.result("");
        for (Command command : COMMANDS) {
            console.result("  %-10s %s".formatted(command.name(), command.summary()));
        }
        console.result("  %-10s %s".formatted("help", "explains a command: help COMMAND, or COMMAND --help"));
        console.result("  %-10s %s".formatted("--version", "prints the version"));
        console.result("");
        console.result("exit status: 0 all is well, 1 something failed or was found wrong, 2 not understood");
        return Console.OK;
    }

    private static Command command(String name) throws CommandFailure {
        Optional<Command> found =
                COMMANDS.stream().filter(command -> command.name().equals(name)).findFirst();
        return found.orElseThrow(
                () -> CommandFailure.notUnderstood("there is no command \"" + name + "\"", "help lists the commands"));
    }

    /** From the JAR's manifest; there is none where the classes lie in a directory. */
    private static String version() {
        return Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "(unpackaged)");
    }
}
