package dev.holdfast.testdb;

/** A PostgreSQL that somebody else runs. */
record GivenServer(String jdbcUrl, String username, String password) implements Server {
    @Override
    public String description() {
        return "the given PostgreSQL (holdfast.test.url)";
    }

    @Override
    public boolean canRestart() {
        return false;
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException("a given PostgreSQL is not ours to stop: ask canRestart() first");
    }

    @Override
    public void startAgain() {
        throw new UnsupportedOperationException("a given PostgreSQL is not ours to start: ask canRestart() first");
    }

    @Override
    public void close() {}

    /** Shows neither the password nor the URL, which may carry one. */
    @Override
    public String toString() {
        return description();
    }
}
