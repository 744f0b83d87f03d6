package dev.holdfast.tomcat;

import dev.holdfast.HoldfastException;
import dev.holdfast.codec.CodecSettings;
import dev.holdfast.codec.SessionCodec;
import dev.holdfast.session.EngineSettings;
import dev.holdfast.session.EngineStats;
import dev.holdfast.session.EntryCodec;
import dev.holdfast.session.RequestScope;
import dev.holdfast.session.SessionCopy;
import dev.holdfast.session.SessionEngine;
import dev.holdfast.store.PostgresSessionStore;
import dev.holdfast.store.SessionStore;
import dev.holdfast.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.DistributedManager;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Loader;
import org.apache.catalina.Session;
import org.apache.catalina.session.Constants;
import org.apache.catalina.session.ManagerBase;
import org.apache.juli.logging.Log;
import org.apache.juli.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sessions of a web application as sealed rows in PostgreSQL. Named in a {@code <Manager>} element of
 * {@code context.xml}; the setters below, and those of {@link ManagerBase}, are its attributes. README.md explains each with its
 * default and unit.
 *
 * <p>A wrong or missing attribute keeps the context from starting, with one message that lists everything wrong. A database that
 * does not answer does not: requests that need a session are answered with 503 until it is back.
 *
 * <p>{@link #findSession} and {@link #createSession} throw {@link StoreUnavailableException} where the database cannot be asked,
 * because Tomcat takes any {@code IOException} there for an absent session. Safe for use by many threads, once started.
 */
public final class PostgresSessionManager extends ManagerBase implements DistributedManager {
    private static final int MAX_DEPTH = 100_000;

    private final Log log = LogFactory.getLog(PostgresSessionManager.class);
    private final ManagerSettings settings = new ManagerSettings();
    private @Nullable SessionValve valve;
    private volatile @Nullable Running running;

    /** What there is between start and stop. */
    private record Running(
            SessionStore store, EntryCodec codec, SessionEngine engine, SchemaGate schema, ExpirySweep sweep) {}

    // Attributes of the <Manager> element

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

    // Life

    /** The valve goes in here and not at start: authenticators are put behind it, and it outlives a reload. */
    @Override
    public void setContext(Context context) {
        super.setContext(context);
        if (context != null && valve == null) {
            valve = new SessionValve(this);
            context.getPipeline().addValve(valve);
        }
    }

    @Override
    protected synchronized void startInternal() throws LifecycleException {
        super.startInternal();
        List<String> problems = new ArrayList<>();
        ManagerSettings.Valid valid = settings.validate(getContext().getName(), problems);
        if (valid == null) {
            throw misconfigured(problems);
        }
        for (String warning : valid.warnings()) {
            log.warn(prefix() + warning);
        }
        try {
            running = start(valid);
        } catch (StoreUnavailableException e) {
            throw new LifecycleException(prefix() + e.getMessage(), e);
        } catch (HoldfastException e) {
            throw misconfigured(List.of(String.valueOf(e.getMessage())));
        }
        setState(LifecycleState.STARTING);
    }

    private Running start(ManagerSettings.Valid valid) {
        ClassLoader loader =
                Objects.requireNonNull(applicationClassLoader(), "a context that is starting has a loader");
        SessionStore store = new PostgresSessionStore(valid.store());
        SchemaGate schema = new SchemaGate(store, valid.createSchema());
        try {
            schema.open();
        } catch (StoreUnavailableException e) {
            log.warn(prefix() + "the database does not answer yet. Requests that need a session are answered with 503 "
                    + "until it does. " + e.getMessage());
        } catch (HoldfastException e) {
            store.close();
            throw e;
        }
        EntryCodec codec = new EntryCodec(
                codec(loader, classFilter(), valid.maxSessionBytes()),
                codec(loader, c -> true, valid.maxSessionBytes()));
        EngineSettings engineSettings = new EngineSettings(
                getContext().getName(), this::mayBeStored, valid.touchInterval(), valid.maxSessionBytes());
        SessionEngine engine = new SessionEngine(
                engineSettings,
                store,
                codec,
                valid.crypto(),
                copy -> new HoldfastSession(this, copy),
                new LoggingListener(log, this::prefix));
        return new Running(store, codec, engine, schema, new ExpirySweep(this, engine));
    }

    private static SessionCodec codec(ClassLoader loader, Predicate<String> classFilter, int maxBytes) {
        return new SessionCodec(new CodecSettings(loader, classFilter, AttributeFlags::of, maxBytes, MAX_DEPTH));
    }

    @Override
    protected synchronized void stopInternal() throws LifecycleException {
        setState(LifecycleState.STOPPING);
        Running stopping = running;
        running = null;
        if (stopping != null) {
            stopping.sweep().close();
            stopping.store().close();
            stopping.codec().close();
        }
        super.stopInternal();
    }

    @Override
    protected void destroyInternal() throws LifecycleException {
        SessionValve installed = valve;
        if (installed != null) {
            getContext().getPipeline().removeValve(installed);
            valve = null;
        }
        super.destroyInternal();
    }

    /** Nothing to do: sessions are always in the database. */
    @Override
    public void load() {}

    /** Nothing to do: sessions are always in the database. */
    @Override
    public void unload() {}

    boolean isServing() {
        return running != null;
    }

    private Running running() {
        Running present = running;
        if (present == null) {
            throw new StoreUnavailableException("this application is stopping or has not started", null);
        }
        return present;
    }

    private SessionEngine engine() {
        Running present = running();
        present.schema().open();
        return present.engine();
    }

    // Sessions

    /**
     * The live session of this id, on whatever node it was made; {@code null} where there is none.
     *
     * @throws StoreUnavailableException if the database cannot be asked, also because this manager is stopping beneath a
     *     request; that is then answered with 503
     */
    @Override
    public @Nullable Session findSession(@Nullable String id) {
        if (id == null || !(isServing() || getState() == LifecycleState.STOPPING)) {
            return null;
        }
        return inScope(
                () -> engine().find(id).map(PostgresSessionManager::sessionOf).orElse(null));
    }

    /**
     * A new session. It is stored with the first byte of the response.
     *
     * @throws StoreUnavailableException if this request has met an unreachable database before
     */
    @Override
    public Session createSession(@Nullable String sessionId) {
        return Objects.requireNonNull(inScope(() -> {
            RequestScope.current().flatMap(RequestScope::failure).ifPresent(failure -> {
                throw failure;
            });
            return super.createSession(sessionId);
        }));
    }

    private interface Action {
        @Nullable
        Session run();
    }

    /** A failure before the engine was reached is the request's failure too. */
    private static @Nullable Session inScope(Action action) {
        try {
            return action.run();
        } catch (HoldfastException e) {
            RequestScope.current().ifPresent(scope -> scope.fail(e));
            throw e;
        }
    }

    @Override
    public Session createEmptySession() {
        return sessionOf(engine().newCopy());
    }

    /** Called by Tomcat when a new session has received its id. */
    @Override
    public void add(Session session) {
        SessionCopy copy = ((HoldfastSession) session).copy();
        engine().begin(copy, session.getIdInternal());
        setMaxActive(Math.max(getMaxActive(), getActiveSessions()));
    }

    boolean end(HoldfastSession session) {
        return engine().end(session.copy());
    }

    void afterAccess(HoldfastSession session) {
        Running present = running;
        if (present == null || RequestScope.current().isPresent()) {
            return;
        }
        try {
            present.engine().saveStrays(session.copy());
        } catch (HoldfastException e) {
            failed(e);
        }
    }

    @Override
    public String rotateSessionId(Session session) {
        changeSessionId(session, generateSessionId(), true, true);
        return session.getIdInternal();
    }

    /** Moves the session to another id on all nodes at once. If another node was faster, its id is the new one. */
    @Override
    protected void changeSessionId(
            Session session, String newId, boolean notifySessionListeners, boolean notifyContainerListeners) {
        HoldfastSession own = (HoldfastSession) session;
        String oldId = own.getIdInternal();
        String present = engine().rotate(own.copy(), newId);
        own.tellChangedSessionId(present, oldId, notifySessionListeners, notifyContainerListeners);
    }

    private static HoldfastSession sessionOf(SessionCopy copy) {
        return (HoldfastSession) copy.container();
    }

    private boolean mayBeStored(String attribute) {
        if (Constants.excludedAttributeNames.contains(attribute)) {
            return false;
        }
        Pattern filter = getSessionAttributeNamePattern();
        return filter == null || filter.matcher(attribute).matches();
    }

    private Predicate<String> classFilter() {
        Pattern filter = getSessionAttributeValueClassNamePattern();
        return filter == null ? name -> true : name -> filter.matcher(name).matches();
    }

    // Upkeep

    @Override
    public void backgroundProcess() {
        Running present = running;
        if (present != null) {
            present.engine().forgetIdleCopies();
        }
        super.backgroundProcess();
    }

    /** Starts a sweep for expired sessions on a thread of its own, unless one is still running. */
    @Override
    public void processExpires() {
        Running present = running;
        if (present != null) {
            present.sweep().start();
        }
    }

    void openSchema() {
        running().schema().open();
    }

    @Nullable
    ClassLoader applicationClassLoader() {
        Loader loader = getContext().getLoader();
        return loader == null ? null : loader.getClassLoader();
    }

    // What an operator sees

    /** The name under which Tomcat's tools list this manager. */
    @Override
    public String getName() {
        return "PostgresSessionManager";
    }

    /** Sessions that this node holds a copy of at the moment; {@link #countSessions} counts those of all nodes. */
    @Override
    public int getActiveSessions() {
        Running present = running;
        return present == null ? 0 : present.engine().copies().size();
    }

    @Override
    public Session[] findSessions() {
        Running present = running;
        return present == null
                ? new Session[0]
                : present.engine().copies().stream()
                        .map(PostgresSessionManager::sessionOf)
                        .toArray(Session[]::new);
    }

    /**
     * Live sessions of this application on all nodes. Tomcat undeploys an old version of an application when this is zero, so an
     * unreachable database answers with at least one.
     */
    @Override
    public int getActiveSessionsFull() {
        try {
            return (int) Math.min(Integer.MAX_VALUE, running().store().countAlive());
        } catch (HoldfastException e) {
            log.warn(prefix() + "the sessions could not be counted: " + e.getMessage());
            return Math.max(1, getActiveSessions());
        }
    }

    /** Always empty: the ids of stored sessions are not known to anybody but their clients. */
    @Override
    public Set<String> getSessionIdsFull() {
        return Set.of();
    }

    /** Live sessions of this application on all nodes, counted in the database now; -1 if it does not answer. */
    public long countSessions() {
        try {
            return running().store().countAlive();
        } catch (HoldfastException e) {
            return -1;
        }
    }

    /** The database's health in one sentence. Asks the database; answers within two seconds. */
    public String getHealth() {
        Running present = running;
        return present == null ? "stopped" : present.store().health().message();
    }

    private long count(java.util.function.ToLongFunction<EngineStats> counter) {
        Running present = running;
        return present == null ? 0 : counter.applyAsLong(present.engine().stats());
    }

    /** Sessions read from the database. */
    public long getLoads() {
        return count(EngineStats::loads);
    }

    /** Look-ups that found no live session. */
    public long getMisses() {
        return count(EngineStats::misses);
    }

    /** Sessions inserted. */
    public long getCreates() {
        return count(EngineStats::creates);
    }

    /** Changed sessions written. */
    public long getSaves() {
        return count(EngineStats::saves);
    }

    /** Writes that met another node's write and were merged with it. */
    public long getConflicts() {
        return count(EngineStats::conflicts);
    }

    /** Accesses recorded on their own. */
    public long getTouches() {
        return count(EngineStats::touches);
    }

    /** Session ids changed. */
    public long getRotations() {
        return count(EngineStats::rotations);
    }

    /** Sessions ended by the application. */
    public long getInvalidations() {
        return count(EngineStats::invalidations);
    }

    /** Requests that could not load or save their session. */
    public long getFailures() {
        return count(EngineStats::failures);
    }

    /** Rows and attributes that did not open or did not decode. */
    public long getUnreadable() {
        return count(EngineStats::unreadable);
    }

    /** Attributes that stayed on this node because they cannot be stored. */
    public long getNotStored() {
        return count(EngineStats::notStored);
    }

    Log log() {
        return log;
    }

    String prefix() {
        Context context = getContext();
        return "Holdfast [" + (context == null ? "?" : context.getName()) + "] ";
    }

    void failed(HoldfastException e) {
        log.error(prefix() + e.getMessage());
        if (log.isDebugEnabled()) {
            log.debug(prefix() + "stack trace of the above", e);
        }
    }

    /** Says everything at once in an entry of its own; Tomcat adds a stack trace to what it is thrown. */
    private LifecycleException misconfigured(List<String> problems) {
        StringBuilder text = new StringBuilder(prefix()).append("cannot start. Please mend the <Manager> element:");
        problems.forEach(
                problem -> text.append(System.lineSeparator()).append("  - ").append(problem));
        log.error(text);
        return new LifecycleException(prefix() + "is not configured rightly; what to mend is said above");
    }
}
