package dev.holdfast.testdb;

/** One PostgreSQL, from wherever it comes. Not safe for use by several threads at once. */
interface Server extends AutoCloseable {
    /** What a person reads in the one line that says which PostgreSQL is used. */
    String description();

    String jdbcUrl();

    String username();

    String password();

    /** Whether {@link #stop} and {@link #startAgain} work. */
    boolean canRestart();

    /** Shuts the server down in an orderly way and keeps its data. */
    void stop();

    /** Starts the stopped server on the same port, with the same data, and returns when it accepts connections. */
    void startAgain();

    /** Ends the server and removes all that it left. Idempotent. */
    @Override
    void close();
}
