package dev.holdfast.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool that the container keeps. Whether its connections are tested before use is for its own settings to say. */
final class JndiSource implements ConnectionSource {
    private static final String ENVIRONMENT = "java:comp/env/";

    private final String name;
    private volatile @Nullable DataSource source;
    private volatile boolean closed;

    /** @throws IllegalArgumentException if the name leads nowhere, or to something else than a DataSource */
    JndiSource(String givenName) {
        this.name = givenName.startsWith("java:") ? givenName : ENVIRONMENT + givenName;
        try {
            this.source = lookUp();
        } catch (NamingException e) {
            // a container may connect while it makes the DataSource: a database that is down is no wrong name
            if (!causedByDatabase(e)) {
                throw new IllegalArgumentException(
                        "dataSourceName: nothing is found under " + name + " (" + e.getMessage()
                                + "); declare a <Resource> of that name in context.xml, or a <ResourceLink> to one in server.xml",
                        e);
            }
        }
    }

    /** The name is the administrator's, and always in {@code java:}: no other directory can be made to answer. */
    @SuppressWarnings("BanJNDI")
    private DataSource lookUp() throws NamingException {
        Object found = new InitialContext().lookup(name);
        if (found instanceof DataSource dataSource) {
            return dataSource;
        }
        throw new IllegalArgumentException("dataSourceName: under " + name + " there is "
                + (found == null ? "nothing" : "a " + found.getClass().getName()) + ", not a javax.sql.DataSource");
    }

    private static boolean causedByDatabase(NamingException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Connection borrow() throws SQLException {
        if (closed) {
            throw new SQLException("the store is closed", "08003");
        }
        DataSource known = source;
        if (known == null) {
            try {
                known = lookUp();
            } catch (NamingException e) {
                throw new SQLException(name + " cannot be made: " + e.getMessage(), "08001", e);
            }
            source = known;
        }
        return known.getConnection();
    }

    @Override
    public Borrowed borrowImpatiently(Duration patience) throws SQLException {
        return new Borrowed(borrow(), false);
    }

    @Override
    public void discard(Connection connection) {
        try (connection) {
            // a pool that finds the connection closed underneath does not hand it out again
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            // it is broken or gone already, which is why it is discarded
        }
    }

    @Override
    public void trim() {}

    @Override
    public void close() {
        closed = true;
    }
}
