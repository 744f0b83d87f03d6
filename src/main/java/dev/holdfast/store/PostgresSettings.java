package dev.holdfast.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link PostgresSessionStore} reaches its table. Either {@code url} or {@code dataSourceName} is given.
 *
 * @param app the application's name, {@code ##version} included; empty for Tomcat's root application. Stores of one
 *     application share its sessions; several applications may share a table
 * @param url {@code jdbc:postgresql://host:port/database}, with the driver's parameters if need be: they win over what
 *     Holdfast would choose
 * @param username the database role; by default the operating system's user, as the driver has it
 * @param password its password
 * @param dataSourceName a JNDI name, below {@code java:comp/env/} unless it begins with {@code java:}, looked up in the
 *     thread that makes the store
 * @param schema the table's schema, 1 to 63 bytes, taken literally: case counts
 * @param table the table's name, 1 to 56 bytes, taken literally: case counts
 * @param touchInterval how long an access may go unrecorded; a tenth of a session's time-out where that is shorter, and
 *     at most a day
 * @param maxConnections the most connections this store's own pool opens; 1 to 10,000
 * @param connectTimeout how long to wait for a free connection, for a new connection, and for each answer of the database;
 *     one second to ten minutes. The driver counts whole seconds: the latter two are rounded up
 */
public record PostgresSettings(
        String app,
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @Nullable String dataSourceName,
        String schema,
        String table,
        Duration touchInterval,
        int maxConnections,
        Duration connectTimeout) {

    /** The schema every database has, and the first place where an administrator looks. */
    public static final String DEFAULT_SCHEMA = "public";

    public static final String DEFAULT_TABLE = "holdfast_session";
    public static final Duration DEFAULT_TOUCH_INTERVAL = Duration.ofSeconds(60);
    public static final int DEFAULT_MAX_CONNECTIONS = 20;
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration MAX_TOUCH_INTERVAL = Duration.ofDays(1);
    private static final int MOST_CONNECTIONS = 10_000;
    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{[^}]*}");

    /** A pool of the store's own, all else by default. */
    public static PostgresSettings forUrl(
            String app, String url, @Nullable String username, @Nullable String password) {
        return byDefault(app, url, username, password, null);
    }

    /** A pool that the container keeps, all else by default. */
    public static PostgresSettings forDataSource(String app, String dataSourceName) {
        return byDefault(app, null, null, null, dataSourceName);
    }

    private static PostgresSettings byDefault(
            String app,
            @Nullable String url,
            @Nullable String username,
            @Nullable String password,
            @Nullable String dataSourceName) {
        return new PostgresSettings(
                app,
                url,
                username,
                password,
                dataSourceName,
                DEFAULT_SCHEMA,
                DEFAULT_TABLE,
                DEFAULT_TOUCH_INTERVAL,
                DEFAULT_MAX_CONNECTIONS,
                DEFAULT_CONNECT_TIMEOUT);
    }

    /** The same with another table. */
    public PostgresSettings withTable(String otherSchema, String otherTable) {
        return new PostgresSettings(
                app,
                url,
                username,
                password,
                dataSourceName,
                otherSchema,
                otherTable,
                touchInterval,
                maxConnections,
                connectTimeout);
    }

    /** The same with another patience. */
    public PostgresSettings withConnectTimeout(Duration other) {
        return new PostgresSettings(
                app, url, username, password, dataSourceName, schema, table, touchInterval, maxConnections, other);
    }

    /** Everything that is wrong, each in a sentence that names the setting; empty if a store can be made. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (app.indexOf('\0') >= 0) {
            problems.add("the application's name must not contain the character U+0000");
        }
        if (url == null && dataSourceName == null) {
            problems.add("one of url and dataSourceName is needed: url=\"jdbc:postgresql://host:5432/database\""
                    + " for a connection pool of Holdfast's own, dataSourceName for one that Tomcat keeps");
        }
        if (dataSourceName != null) {
            problemsOfDataSource(problems);
        }
        if (url != null) {
            problemsOfUrl(new JdbcUrl(url), problems);
        }
        Identifier.problemOfSchema(schema).ifPresent(problems::add);
        Identifier.problemOfTable(table).ifPresent(problems::add);
        if (touchInterval.isNegative() || touchInterval.compareTo(MAX_TOUCH_INTERVAL) > 0) {
            problems.add(
                    "the touch interval must be 0 seconds to a day, not " + touchInterval.toSeconds() + " seconds");
        }
        if (maxConnections < 1 || maxConnections > MOST_CONNECTIONS) {
            problems.add("maxConnections must be 1 to " + MOST_CONNECTIONS + ", not " + maxConnections);
        }
        if (connectTimeout.compareTo(MIN_TIMEOUT) < 0 || connectTimeout.compareTo(MAX_TIMEOUT) > 0) {
            problems.add("the connect timeout must be " + MIN_TIMEOUT.toMillis() + " to " + MAX_TIMEOUT.toMillis()
                    + " milliseconds, not " + connectTimeout.toMillis());
        }
        return List.copyOf(problems);
    }

    private void problemsOfDataSource(List<String> problems) {
        String name = Objects.requireNonNull(dataSourceName);
        if (url != null || username != null || password != null) {
            problems.add("dataSourceName stands alone: the DataSource has its own url, username and password");
        }
        if (name.isBlank()) {
            problems.add("dataSourceName must not be empty");
        }
        unresolved("dataSourceName", name, problems);
    }

    private void problemsOfUrl(JdbcUrl given, List<String> problems) {
        unresolved("url", given.text(), problems);
        if (!given.text().startsWith("jdbc:postgresql:")) {
            problems.add("url must begin with jdbc:postgresql:");
        } else if (given.server().contains("@")) {
            problems.add("url must not contain user:password@ before the host: username and password are settings");
        } else if (!PostgresDriver.understands(given)) {
            problems.add("url is not understood by the PostgreSQL driver:"
                    + " jdbc:postgresql://host:5432/database?parameter=value is the form");
        }
        if (username != null) {
            unresolved("username", username, problems);
            if (given.gives("user")) {
                problems.add("the user is given twice, by username and in url");
            }
        }
        if (password != null) {
            unresolved("password", password, problems);
            if (given.gives("password")) {
                problems.add("the password is given twice, by password and in url");
            }
        }
    }

    /** A password may well contain such characters; a value that consists of them was meant to be replaced. */
    private static void unresolved(String setting, String value, List<String> problems) {
        boolean whole = UNRESOLVED.matcher(value).matches();
        boolean inPart = setting.equals("url") && UNRESOLVED.matcher(value).find();
        if (whole || inPart) {
            problems.add(setting + " contains a ${...} that was not replaced: define that variable for Tomcat");
        }
    }

    /** Never shows the password, nor the parameters of the URL, which may carry one. */
    @Override
    public String toString() {
        String where = url == null ? "dataSourceName " + dataSourceName : new JdbcUrl(url).toString();
        return "PostgresSettings[app \"" + app + "\", " + where + ", table \"" + schema + "\".\"" + table
                + "\", touch interval " + touchInterval + ", at most " + maxConnections
                + " connections, connect timeout " + connectTimeout + "]";
    }
}
