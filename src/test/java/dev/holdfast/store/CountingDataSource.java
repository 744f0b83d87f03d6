package dev.holdfast.store;

import dev.holdfast.testdb.TestPostgres;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A container's pool of one connection, which counts what is sent to the server. */
final class CountingDataSource implements DataSource, AutoCloseable {
    private final Connection connection;
    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private final Set<String> texts = ConcurrentHashMap.newKeySet();

    CountingDataSource(boolean autocommit) throws SQLException {
        this.connection = TestPostgres.shared().connect();
        connection.setAutoCommit(autocommit);
    }

    int statements() {
        return statements.getAndSet(0);
    }

    int commits() {
        return commits.getAndSet(0);
    }

    /** Every text that was prepared so far. */
    Set<String> texts() {
        return texts;
    }

    Connection real() {
        return connection;
    }

    @Override
    public Connection getConnection() {
        return proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "close" -> null;
            case "prepareStatement" -> {
                texts.add((String) arguments[0]);
                yield counted(PreparedStatement.class, invoke(connection, method, arguments));
            }
            case "createStatement" -> counted(Statement.class, invoke(connection, method, arguments));
            case "commit" -> {
                commits.incrementAndGet();
                yield invoke(connection, method, arguments);
            }
            default -> invoke(connection, method, arguments);
        });
    }

    private <T> T counted(Class<T> type, Object statement) {
        return proxy(type, (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                statements.incrementAndGet();
            }
            return invoke(statement, method, arguments);
        });
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Connection getConnection(String username, String password) {
        return getConnection();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("not a wrapper");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
