package dev.holdfast.session;

import dev.holdfast.session.Schedule.Fate;
import dev.holdfast.store.TableOnDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A container's pool that keeps one connection for each actor. On the actors' connections, each statement and each commit may have
 * to wait for its turn, and may be lost on its way there or back; a connection whose question or answer was lost is not used
 * again, and the server rolls back what was open on it.
 */
final class StatementTurns implements AutoCloseable {
    private static final String DEADLOCK = "40P01";
    private static final String CONNECTION_FAILURE = "08006";

    private final boolean inTurns;
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();
    private final Map<Thread, Integer> backends = new ConcurrentHashMap<>();
    private volatile @Nullable Schedule schedule;
    private volatile @Nullable Story story;

    /** @param inTurns whether statements wait for their turns */
    StatementTurns(boolean inTurns) {
        this.inTurns = inTurns;
    }

    /** Another run begins. */
    void enter(Schedule ofRun, Story ofTheSame) {
        backends.clear();
        schedule = ofRun;
        story = ofTheSame;
    }

    /** The DataSource for a store. */
    DataSource dataSource() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            if (method.getName().equals("getConnection")) {
                return guarded(connection());
            }
            throw new UnsupportedOperationException(method.getName());
        });
    }

    /** The present actor's connection itself, or one for all who are not in the play. */
    Connection connection() throws SQLException {
        String actor = actorHere();
        String owner = actor == null ? "" : actor;
        Connection connection = connections.get(owner);
        if (connection == null) {
            connection = TableOnDataSource.connect();
            try (Statement statement = connection.createStatement()) {
                // Nothing here outlives the server, and what others see does not depend on it.
                statement.execute("set synchronous_commit = off");
            }
            connections.put(owner, connection);
        }
        if (actor != null) {
            backends.put(
                    Thread.currentThread(),
                    connection.unwrap(PGConnection.class).getBackendPID());
        }
        return connection;
    }

    /** The backend that works for this thread; {@code null} if none has yet. */
    @Nullable
    Integer backendOf(Thread thread) {
        return backends.get(thread);
    }

    private @Nullable String actorHere() {
        Schedule present = schedule;
        return present == null ? null : present.actorHere();
    }

    private Connection guarded(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "close" -> null;
            case "abort" -> {
                connection.rollback();
                connection.setAutoCommit(true);
                yield null;
            }
            case "prepareStatement" -> {
                String verb =
                        String.valueOf(arguments[0]).strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
                yield stepping(verb, invoke(connection, method, arguments));
            }
            case "commit" -> inTurn("commit", () -> invoke(connection, method, arguments));
            default -> invoke(connection, method, arguments);
        });
    }

    private PreparedStatement stepping(String verb, @Nullable Object statement) {
        return proxy(
                PreparedStatement.class,
                (proxy, method, arguments) -> method.getName().startsWith("execute")
                        ? inTurn(verb, () -> invoke(statement, method, arguments))
                        : invoke(statement, method, arguments));
    }

    private interface Work {
        @Nullable
        Object run() throws Throwable;
    }

    private @Nullable Object inTurn(String what, Work work) throws Throwable {
        String actor = actorHere();
        Schedule present = schedule;
        Story told = story;
        if (!inTurns || actor == null || present == null || told == null) {
            return work.run();
        }
        Fate fate = present.turn(true);
        if (fate == Fate.QUESTION_LOST) {
            told.add(actor, Story.STATEMENT + what, "the question was lost");
            throw new SQLException("the question was lost", CONNECTION_FAILURE);
        }
        try {
            Object answer = work.run();
            told.add(actor, Story.STATEMENT + what, fate == Fate.ANSWER_LOST ? Story.UNHEARD : "");
            if (fate == Fate.ANSWER_LOST) {
                throw new SQLException("the answer was lost", CONNECTION_FAILURE);
            }
            return answer;
        } catch (SQLException e) {
            if (DEADLOCK.equals(e.getSQLState())) {
                told.add(actor, Story.STATEMENT + what, Story.DEADLOCK);
            }
            throw e;
        }
    }

    private static @Nullable Object invoke(@Nullable Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections.values()) {
            connection.close();
        }
    }
}
