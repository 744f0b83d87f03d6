package dev.holdfast.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;

/**
 * The driver that is carried along, without {@link java.sql.DriverManager}: inside the {@code -all} JAR it lives in
 * another package, and registered there it would serve the applications' own {@code jdbc:postgresql:} connections.
 */
final class PostgresDriver {
    /** Put together at run time: the build that relocates the driver rewrites every constant that names its package. */
    private static final String ORIGINAL_PACKAGE = String.join(".", "org", "postgresql");

    private static final List<PGProperty> CLASS_NAMES = List.of(
            PGProperty.SSL_FACTORY,
            PGProperty.SSL_HOSTNAME_VERIFIER,
            PGProperty.SSL_PASSWORD_CALLBACK,
            PGProperty.SOCKET_FACTORY,
            PGProperty.AUTHENTICATION_PLUGIN_CLASS_NAME,
            PGProperty.XML_FACTORY_FACTORY);

    static {
        withdrawIfRelocated();
    }

    private final Driver driver = new Driver();
    private final String server;
    private final Properties properties;
    private final boolean prepareAsToldByUrl;

    /** @throws IllegalArgumentException if the driver does not understand the URL */
    PostgresDriver(PostgresSettings settings, JdbcUrl url) {
        Properties parsed = parse(url);
        if (parsed == null) {
            throw new IllegalArgumentException("url is not understood by the PostgreSQL driver");
        }
        set(parsed, PGProperty.USER, settings.username());
        set(parsed, PGProperty.PASSWORD, settings.password());
        this.prepareAsToldByUrl = parsed.containsKey(PGProperty.PREPARE_THRESHOLD.getName());
        byDefault(parsed, settings);
        for (PGProperty property : CLASS_NAMES) {
            String className = parsed.getProperty(property.getName());
            if (className != null) {
                parsed.setProperty(property.getName(), mapped(className, Driver.class.getPackageName()));
            }
        }
        this.server = url.server();
        this.properties = parsed;
    }

    /** What the URL says stays as it is. */
    private static void byDefault(Properties properties, PostgresSettings settings) {
        String timeoutSeconds = Long.toString(roundedUp(settings.connectTimeout()));
        String timeoutMillis = Long.toString(settings.connectTimeout().toMillis());
        properties.putIfAbsent(PGProperty.CONNECT_TIMEOUT.getName(), timeoutSeconds);
        properties.putIfAbsent(PGProperty.SOCKET_TIMEOUT.getName(), timeoutSeconds);
        properties.putIfAbsent(PGProperty.SSL_RESPONSE_TIMEOUT.getName(), timeoutMillis);
        properties.putIfAbsent(PGProperty.GSS_RESPONSE_TIMEOUT.getName(), timeoutMillis);
        properties.putIfAbsent(PGProperty.TCP_KEEP_ALIVE.getName(), "true");
        properties.putIfAbsent(PGProperty.APPLICATION_NAME.getName(), ("Holdfast " + settings.app()).strip());
        // each connection runs the same dozen statements for ever: worth preparing, and binary, from the start
        properties.putIfAbsent(PGProperty.PREPARE_THRESHOLD.getName(), "1");
        // the detail of a refused row quotes the row
        properties.putIfAbsent(PGProperty.LOG_SERVER_ERROR_DETAIL.getName(), "false");
    }

    private static long roundedUp(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }

    private static void set(Properties properties, PGProperty property, @Nullable String value) {
        if (value != null) {
            properties.setProperty(property.getName(), value);
        }
    }

    static boolean understands(JdbcUrl url) {
        return parse(url) != null;
    }

    /**
     * The driver logs what it does not understand. So it first sees the part that carries no password, and none that has
     * been put before the host, where the driver would take it for a port.
     */
    private static @Nullable Properties parse(JdbcUrl url) {
        return url.server().contains("@") || Driver.parseURL(url.server(), new Properties()) == null
                ? null
                : Driver.parseURL(url.text(), new Properties());
    }

    /**
     * A new connection. It prepares statements in the server only where it keeps to one server process, unless the URL says
     * how that is to be done: a pooler that can pass them on may be told so there. The parameters go as properties and not in the URL, which the driver would quote in errors and
     * in its log.
     */
    Connection connect() throws SQLException {
        Connection connection = driver.connect(server, properties);
        if (connection == null) {
            throw new SQLException("the driver declines the URL", "08001");
        }
        try {
            if (!prepareAsToldByUrl && Pooler.isBehind(connection)) {
                connection.unwrap(PGConnection.class).setPrepareThreshold(0);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A user writes the class names of the driver's manual, wherever the driver is now. */
    static String mapped(String className, String driverPackage) {
        return className.startsWith(ORIGINAL_PACKAGE + ".")
                ? driverPackage + className.substring(ORIGINAL_PACKAGE.length())
                : className;
    }

    /**
     * The driver registers itself when it is loaded. In its own package that is what everybody expects of it, and an
     * application may rely on it; relocated, nobody may ever get a connection from it unasked.
     */
    private static void withdrawIfRelocated() {
        if (Driver.class.getPackageName().equals(ORIGINAL_PACKAGE) || !Driver.isRegistered()) {
            return;
        }
        try {
            Driver.deregister();
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the relocated PostgreSQL driver cannot be withdrawn from DriverManager", e);
        }
    }
}
