package dev.holdfast.tomcat;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.catalina.session.Constants;
import org.apache.catalina.session.ManagerBase;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of the {@code <Manager>} element: Tomcat calls a setter here, or one of {@link ManagerBase}, for each that is
 * written there. README.md explains each with its default and unit. All are text, so that whatever is wrong can be said at once,
 * when the manager starts. Not safe for use by several threads, before the start.
 */
abstract class ManagerAttributes extends ManagerBase {
    private final ManagerSettings settings = new ManagerSettings();

    /** JDBC address of the database, {@code jdbc:postgresql://host:port/database}. Either this or {@code dataSourceName}. */
    public void setUrl(String url) {
        settings.set("url", url);
    }

    /** The database role. */
    public void setUsername(String username) {
        settings.set("username", username);
    }

    /** The role's password. */
    public void setPassword(String password) {
        settings.set("password", password);
    }

    /** Name of a JNDI {@code DataSource}, by Tomcat's resource rules, instead of {@code url}. */
    public void setDataSourceName(String dataSourceName) {
        settings.set("dataSourceName", dataSourceName);
    }

    /** File with the keys, made by the {@code keygen} command. Either this or {@code keys}. */
    public void setKeyFile(String keyFile) {
        settings.set("keyFile", keyFile);
    }

    /** The keys themselves, separated by spaces or commas; meant for <code>${ENV}</code> substitution. */
    public void setKeys(String keys) {
        settings.set("keys", keys);
    }

    /** {@code required} (default) or {@code plaintext}. */
    public void setEncryption(String encryption) {
        settings.set("encryption", encryption);
    }

    /** Database schema of the table. Default {@code public}. */
    public void setSchema(String schema) {
        settings.set("schema", schema);
    }

    /** The table. Default {@code holdfast_session}. */
    public void setTable(String table) {
        settings.set("table", table);
    }

    /** Whether to make the table if it is not there: {@code true} (default) or {@code false}. */
    public void setCreateSchema(String createSchema) {
        settings.set("createSchema", createSchema);
    }

    /**
     * How many seconds may pass before a session's next access is recorded; at most a tenth of its time-out is used. Default
     * 60.
     */
    public void setTouchIntervalSeconds(String touchIntervalSeconds) {
        settings.set("touchIntervalSeconds", touchIntervalSeconds);
    }

    /** The largest session that is saved, in bytes. Default {@value ManagerSettings#DEFAULT_MAX_SESSION_BYTES}. */
    public void setMaxSessionBytes(String maxSessionBytes) {
        settings.set("maxSessionBytes", maxSessionBytes);
    }

    /**
     * How many sessions that no request uses stay in this node's memory, so that their next request need not fetch them. Default
     * {@value ManagerSettings#DEFAULT_MAX_IDLE_COPIES}.
     */
    public void setMaxIdleCopies(String maxIdleCopies) {
        settings.set("maxIdleCopies", maxIdleCopies);
    }

    /**
     * How much of its memory they may take, in bytes. Default: the largest heap divided by
     * {@value ManagerSettings#IDLE_COPIES_HEAP_DIVISOR}.
     */
    public void setMaxIdleCopyBytes(String maxIdleCopyBytes) {
        settings.set("maxIdleCopyBytes", maxIdleCopyBytes);
    }

    /** The most connections of this context's own pool. Default 20. */
    public void setMaxConnections(String maxConnections) {
        settings.set("maxConnections", maxConnections);
    }

    /**
     * After how many milliseconds a database that does not answer is given up. Default
     * 5000.
     */
    public void setConnectTimeoutMillis(String connectTimeoutMillis) {
        settings.set("connectTimeoutMillis", connectTimeoutMillis);
    }

    /**
     * What the attributes mean, if they are right.
     *
     * @param problems gets a sentence for each thing that is wrong
     * @return {@code null} if anything is wrong
     */
    ManagerSettings.@Nullable Valid validated(List<String> problems) {
        return settings.validate(getContext().getName(), problems);
    }

    /** Whether an attribute of the session may be stored, by its name. */
    Predicate<String> storableNames() {
        Pattern filter = getSessionAttributeNamePattern();
        return name -> !Constants.excludedAttributeNames.contains(name)
                && !LocalAttributes.contains(name)
                && (filter == null || filter.matcher(name).matches());
    }

    /** Whether values of a class may be stored, by the name of the class. */
    Predicate<String> storableClasses() {
        Pattern filter = getSessionAttributeValueClassNamePattern();
        return filter == null ? name -> true : name -> filter.matcher(name).matches();
    }
}
