package dev.holdfast.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolableConnectionFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.postgresql.PGConnection;

/**
 * The store's own pool. Opens connections when they are wanted and none before; starts no thread; stays out of JMX, where
 * it would show the URL.
 *
 * <p>No query validates a connection. One that has rested is looked at without a round trip: what ended it, an orderly
 * shutdown or a broken socket, is there to be read. So after a restart of the database the next statement finds a
 * connection that works.
 */
final class OwnPool implements ConnectionSource {
    /** From then on a connection is looked at before it is used again; looking takes about a millisecond. */
    private static final Duration RESTED = Duration.ofMillis(200);

    private static final int LOOK_MILLIS = 1;
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(10);

    private final PostgresDriver driver;
    private final Duration patience;
    private final GenericObjectPool<PoolableConnection> pool;

    OwnPool(PostgresSettings settings, PostgresDriver driver) {
        this.driver = driver;
        this.patience = settings.connectTimeout();
        GenericObjectPoolConfig<PoolableConnection> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(settings.maxConnections());
        // opening a connection costs the database a process: none is closed merely because traffic ebbs for a moment
        config.setMaxIdle(settings.maxConnections());
        config.setMaxWait(patience);
        config.setTestOnBorrow(true);
        config.setMinEvictableIdleDuration(IDLE_LIMIT);
        config.setNumTestsPerEvictionRun(-1);
        config.setJmxEnabled(false);
        Factory factory = new Factory(driver);
        this.pool = new GenericObjectPool<>(factory, config);
        factory.setPool(pool);
    }

    @Override
    public Connection borrow() throws SQLException {
        return borrow(patience);
    }

    private Connection borrow(Duration wait) throws SQLException {
        try {
            return pool.borrowObject(wait);
        } catch (NoSuchElementException e) {
            // also where an idle connection failed the look and its replacement could not be opened
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new NoFreeConnectionException("all " + pool.getMaxTotal() + " connections are in use, and none became"
                    + " free within " + wait.toMillis() + " ms; raise maxConnections if this is not an outage");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a connection", e);
        } catch (IllegalStateException e) {
            throw new SQLException("the store is closed", "08003", e);
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException("no connection", e);
        }
    }

    @Override
    public Borrowed borrowImpatiently(Duration wait) throws SQLException {
        try {
            return new Borrowed(borrow(wait), false);
        } catch (NoFreeConnectionException e) {
            return new Borrowed(driver.connect(), true);
        }
    }

    @Override
    public void discard(Connection connection) {
        // before the discarded one goes: what replaces it, for those who wait, is fresh and stays
        pool.clear();
        try {
            if (connection instanceof PoolableConnection pooled) {
                pool.invalidateObject(pooled);
            } else {
                connection.close();
            }
        } catch (Exception e) {
            // it is broken or gone already, which is why it is discarded
        }
    }

    @Override
    public Connection bare(Connection borrowed) {
        return borrowed instanceof PoolableConnection pooled ? pooled.getInnermostDelegateInternal() : borrowed;
    }

    @Override
    public void trim() {
        try {
            pool.evict();
        } catch (Exception e) {
            // one that cannot be closed properly is out of the pool all the same
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static final class Factory extends PoolableConnectionFactory {
        Factory(PostgresDriver driver) {
            super(driver::connect, null);
        }

        @Override
        public boolean validateObject(PooledObject<PoolableConnection> pooled) {
            return pooled.getIdleDuration().compareTo(RESTED) < 0 || lives(pooled.getObject());
        }

        /** Reads what may have arrived since: nothing, from a server that is well. */
        private static boolean lives(PoolableConnection connection) {
            try {
                connection
                        .getInnermostDelegateInternal()
                        .unwrap(PGConnection.class)
                        .getNotifications(LOOK_MILLIS);
                return true;
            } catch (SQLException e) {
                return false;
            }
        }
    }
}
