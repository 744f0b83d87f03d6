package dev.holdfast.tomcat;

import dev.holdfast.HoldfastException;
import dev.holdfast.session.RequestScope;
import dev.holdfast.session.SessionCopy;
import dev.holdfast.session.SessionEngine;
import dev.holdfast.store.StoreUnavailableException;
import jakarta.servlet.ServletRequestListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Loader;
import org.apache.catalina.Session;
import org.apache.catalina.session.ManagerBase;
import org.apache.juli.logging.Log;
import org.apache.juli.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sessions of a web application as sealed rows in PostgreSQL. Named in a {@code <Manager>} element of
 * {@code context.xml}; the setters of {@link ManagerAttributes} and of {@link ManagerBase} are its attributes.
 *
 * <p>A wrong or missing attribute keeps the context from starting, with one message that lists everything wrong. A database that
 * does not answer does not: requests that need a session are answered with 503 until it is back.
 *
 * <p>{@link #findSession} and {@link #createSession} throw {@link StoreUnavailableException} where the database cannot be asked,
 * because Tomcat takes any {@code IOException} there for an absent session. Safe for use by many threads, once started.
 */
public final class PostgresSessionManager extends ManagerFigures {
    /** After this long a copy of a session makes room even where there is plenty. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(10);

    private final Log log = LogFactory.getLog(PostgresSessionManager.class);
    private @Nullable SessionValve valve;
    private volatile @Nullable Running running;
    private volatile boolean upkeep;

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
        ManagerSettings.Valid valid = validated(problems);
        if (valid == null) {
            throw misconfigured(problems);
        }
        for (String warning : valid.warnings()) {
            log.warn(prefix() + warning);
        }
        try {
            running = Running.start(this, valid);
        } catch (StoreUnavailableException e) {
            throw new LifecycleException(prefix() + e.getMessage(), e);
        } catch (HoldfastException | IllegalArgumentException e) {
            throw misconfigured(List.of(String.valueOf(e.getMessage())));
        }
        setState(LifecycleState.STARTING);
    }

    @Override
    protected synchronized void stopInternal() throws LifecycleException {
        setState(LifecycleState.STOPPING);
        Running stopping = running;
        running = null;
        if (stopping != null) {
            stopping.close();
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
        Running present = running;
        if (present != null && present.authenticatorLook().isSpared(id)) {
            return null;
        }
        long asked = System.nanoTime();
        HoldfastSession found;
        try {
            found = engine().find(id).map(PostgresSessionManager::sessionOf).orElse(null);
        } catch (HoldfastException e) {
            return unfound(id, e);
        }
        if (found != null) {
            if (present != null) {
                present.authenticatorLook()
                        .found(id, found, asked, present.engine().nextTouch(found.copy()));
            }
            if (EarlyFailure.isNoted() && Callers.areTheConnector()) {
                EarlyFailure.dismiss();
            }
        }
        return found;
    }

    /** Whatever failed is the request's failure, also where somebody asked before there was any pipeline. */
    private @Nullable Session unfound(String id, HoldfastException failure) {
        Optional<RequestScope> scope = RequestScope.current();
        if (scope.isEmpty() && (Callers.areRequestListeners() || (Callers.areTheConnector() && everyVersionIsOurs()))) {
            EarlyFailure.note(id, failure);
            return null;
        }
        scope.ifPresent(request -> request.fail(failure));
        throw failure;
    }

    /** Whether a valve of ours stands in each version of this application, so that whichever gets the request will refuse it. */
    private boolean everyVersionIsOurs() {
        return Arrays.stream(getContext().getParent().findChildren())
                .map(Context.class::cast)
                .filter(context -> context.getPath().equals(getContext().getPath()))
                .allMatch(context -> context.getManager() instanceof PostgresSessionManager);
    }

    /**
     * A new session. It is stored with the first byte of the response. Where {@code maxActiveSessions} leaves no room for it,
     * copies that no request uses go first.
     *
     * @throws StoreUnavailableException if this request has met an unreachable database before
     */
    @Override
    public Session createSession(@Nullable String sessionId) {
        Optional<RequestScope> scope = RequestScope.current();
        scope.flatMap(RequestScope::failure).ifPresent(failure -> {
            throw failure;
        });
        Running present = running;
        if (present != null && getMaxActiveSessions() >= 0 && getActiveSessions() >= getMaxActiveSessions()) {
            present.engine().forgetIdleCopies(Duration.ZERO);
        }
        try {
            return super.createSession(sessionId);
        } catch (HoldfastException e) {
            scope.ifPresent(request -> request.fail(e));
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
        changed(session.getIdInternal());
        return engine().end(session.copy());
    }

    /** Something that the authenticator looks for, or that decides how long it need not look, is not what it was. */
    void changed(@Nullable String sessionId) {
        Running present = running;
        if (present != null && sessionId != null) {
            present.authenticatorLook().forget(sessionId);
        }
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

    /** Moves the session to another id on all nodes at once. If another request was faster, its id is the new one. */
    @Override
    protected void changeSessionId(
            Session session, String newId, boolean notifySessionListeners, boolean notifyContainerListeners) {
        HoldfastSession own = (HoldfastSession) session;
        String oldId = own.getIdInternal();
        changed(oldId);
        String present = engine().rotate(own.copy(), newId);
        if (!present.equals(oldId)) {
            own.tellChangedSessionId(present, oldId, notifySessionListeners, notifyContainerListeners);
        }
    }

    /** The id that the client of a request has to learn with its answer, if the request has changed it. */
    Optional<String> idToTell(RequestScope scope) {
        Running present = running;
        return present == null ? Optional.empty() : scope.idToTell(present.engine());
    }

    private static HoldfastSession sessionOf(SessionCopy copy) {
        return (HoldfastSession) copy.container();
    }

    // Upkeep

    @Override
    public void backgroundProcess() {
        Running present = running;
        if (present != null) {
            present.engine().forgetIdleCopies(LONGEST_IDLE);
            present.authenticatorLook().prune();
        }
        upkeep = true;
        try {
            super.backgroundProcess();
        } finally {
            upkeep = false;
        }
    }

    /**
     * Starts a sweep for expired sessions on a thread of its own, unless one is still running; at once if an operator asks for
     * it, and a little later or sooner on each node if it is Tomcat's background thread.
     */
    @Override
    public void processExpires() {
        Running present = running;
        if (present != null) {
            present.sweep().start(upkeep);
        }
    }

    /** Whether the application hears of a request's end when its filters are done with it. */
    boolean isToldOfRequestsEnds() {
        for (Object listener : getContext().getApplicationEventListeners()) {
            if (listener instanceof ServletRequestListener) {
                return true;
            }
        }
        return false;
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

    @Override
    public Session[] findSessions() {
        Running present = running;
        return present == null
                ? new Session[0]
                : present.engine().copies().stream()
                        .map(PostgresSessionManager::sessionOf)
                        .toArray(Session[]::new);
    }

    @Override
    Optional<Running> present() {
        return Optional.ofNullable(running);
    }

    @Override
    Log log() {
        return log;
    }

    @Override
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
