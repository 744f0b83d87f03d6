package dev.holdfast.cli;

import java.util.List;

/** A command cannot do what it was asked for: ends it with a message, a hint and an exit status. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitStatus;
    private final List<String> problems;
    private final String hint;

    private CommandFailure(int exitStatus, List<String> problems, String hint) {
        super(String.join("; ", problems));
        this.exitStatus = exitStatus;
        this.problems = List.copyOf(problems);
        this.hint = hint;
    }

    /** What was asked for failed. */
    static CommandFailure failed(String problem, String hint) {
        return failed(List.of(problem), hint);
    }

    /** What was asked for failed for several reasons. */
    static CommandFailure failed(List<String> problems, String hint) {
        return new CommandFailure(Console.FAILED, problems, hint);
    }

    /** The command line makes no sense. */
    static CommandFailure notUnderstood(String problem, String hint) {
        return new CommandFailure(Console.NOT_UNDERSTOOD, List.of(problem), hint);
    }

    int exitStatus() {
        return exitStatus;
    }

    List<String> problems() {
        return problems;
    }

    String hint() {
        return hint;
    }
}
