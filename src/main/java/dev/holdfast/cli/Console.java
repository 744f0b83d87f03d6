package dev.holdfast.cli;

import java.io.PrintStream;

/**
 * Where a command writes, and the rules for all of them:
 *
 * <ul>
 *   <li>Results go to standard output, and nothing else does: what a script would want to read, one thing to a line.
 *   <li>Messages for people go to standard error: what was done, and what to do next.
 *   <li>An error is a line {@code error: what is wrong}, followed by {@code hint: what to do}.
 *   <li>The exit status is 0 if all is well, 1 if what was asked for failed or was found wrong, 2 if the command line was
 *       not understood.
 *   <li>A key is written where it was asked for, by {@code keygen --print} and into key files, and nowhere else; a password
 *       is written nowhere.
 *   <li>No colours, no questions, no progress bars: everything works the same in a pipe.
 * </ul>
 */
record Console(PrintStream out, PrintStream err) {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int NOT_UNDERSTOOD = 2;

    /** A line that a script may read. */
    void result(String line) {
        out.println(line);
    }

    /** A line for people. */
    void message(String line) {
        err.println(line);
    }

    void error(CommandFailure failure) {
        failure.problems().forEach(problem -> err.println("error: " + problem));
        err.println("hint: " + failure.hint());
    }
}
