package dev.holdfast.it.net;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The statements that pass a {@link TcpProxy} before PostgreSQL, as they are sent. Safe for use by many threads. */
public final class StatementCounter implements Supplier<TcpProxy.Tap> {
    private final List<Executed> executed = new ArrayList<>();
    private int connections;

    /**
     * One execution of one statement.
     *
     * @param connection counts the connections from one on
     * @param sql its text, white space made even
     * @param parsed whether the text was sent, or only the name of a statement that the server had prepared before
     */
    public record Executed(int connection, String sql, boolean parsed) {
        /** Whether this begins or ends a transaction. */
        public boolean isFrame() {
            return sql.matches("(?i)begin.*|commit.*|rollback.*");
        }
    }

    /** A tap for a new connection. */
    @Override
    public synchronized TcpProxy.Tap get() {
        int connection = ++connections;
        return new FrontendMessages((sql, parsed) -> add(new Executed(connection, even(sql), parsed)));
    }

    private synchronized void add(Executed statement) {
        executed.add(statement);
    }

    private static String even(String sql) {
        return sql.strip().replaceAll("\\s+", " ");
    }

    /** All since the last call. */
    public synchronized List<Executed> take() {
        List<Executed> taken = List.copyOf(executed);
        executed.clear();
        return taken;
    }
}
