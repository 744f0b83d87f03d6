package dev.holdfast.cli;

/** One word of the command line. Stateless. */
interface Command {
    /** What one types. */
    String name();

    /** What it does, in half a line. */
    String summary();

    /** All there is to know about it: usage, options, examples, what it changes. */
    String help();

    /** Which options and operands it takes; {@code --help} is taken by every command. */
    Syntax syntax();

    /**
     * Does it.
     *
     * @return the exit status
     * @throws CommandFailure if it cannot be done
     */
    int run(Arguments arguments, Console console) throws CommandFailure;
}
