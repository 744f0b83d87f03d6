package dev.holdfast.session;

import dev.holdfast.HoldfastException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request and every session that it uses, of whatever application: a request that is dispatched into another context uses a
 * session there too. Remembers what was looked up, so that one request asks the database once for each id, and what went wrong,
 * so that a failure which the application swallowed is still answered as one.
 *
 * <p>Bound to each thread that runs the request, one after the other. Safe for use by many threads.
 */
public final class RequestScope {
    private static final ThreadLocal<@Nullable RequestScope> ON_THIS_THREAD = new ThreadLocal<>();

    /** Weak, as threads outlive applications. */
    private static final ThreadLocal<@Nullable WeakReference<Runner>> RUNNER = new ThreadLocal<>();

    private final IdentityHashMap<SessionCopy, SessionUse> uses = new IdentityHashMap<>();
    private final Map<Lookup, Optional<SessionCopy>> found = new HashMap<>();
    private @Nullable HoldfastException failure;
    private long settledTouches = -1;
    private volatile boolean ended;

    private record Lookup(SessionEngine engine, String sessionId) {}

    /** Runs a request on a thread, for as long as it says so. */
    public interface Runner {
        RequestScope scope();

        /** Whether the present thread is still running this request. */
        boolean isRunningHere();
    }

    /** Undoes a binding. */
    public interface Binding extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * The scope of the request that this thread is running, if it is known. Once it has ended it is that no more: what a thread still
     * does then happens outside any request.
     */
    public static Optional<RequestScope> current() {
        RequestScope bound = ON_THIS_THREAD.get();
        return bound != null && !bound.ended
                ? Optional.of(bound)
                : lastRunner().filter(Runner::isRunningHere).map(Runner::scope);
    }

    /** From now on the runner's scope is that of the present thread, as long as it runs here and no other scope is bound. */
    public static void attend(Runner runner) {
        WeakReference<Runner> last = RUNNER.get();
        if (last == null || last.get() != runner) {
            RUNNER.set(new WeakReference<>(runner));
        }
    }

    /** Whoever was attended last on this thread, running or not, if there is still anything of it. */
    public static Optional<Runner> lastRunner() {
        WeakReference<Runner> last = RUNNER.get();
        return last == null ? Optional.empty() : Optional.ofNullable(last.get());
    }

    static @Nullable SessionUse useOnThisThread(SessionCopy copy) {
        return current().map(scope -> scope.useUnlessEnded(copy)).orElse(null);
    }

    /** Makes this the scope of the present thread, until the binding is closed. */
    public Binding bind() {
        RequestScope before = ON_THIS_THREAD.get();
        ON_THIS_THREAD.set(this);
        return () -> {
            if (before == null) {
                ON_THIS_THREAD.remove();
            } else {
                ON_THIS_THREAD.set(before);
            }
        };
    }

    /** What went wrong first, if anything did: the request must not end as if it had succeeded. */
    public synchronized Optional<HoldfastException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Remembers a failure, unless there was one before. */
    public synchronized void fail(HoldfastException e) {
        if (failure == null) {
            failure = e;
        }
    }

    @SuppressWarnings("NullableOptional") // null: never looked up; empty: looked up and not there
    synchronized @Nullable Optional<SessionCopy> remembered(SessionEngine engine, String sessionId) {
        return found.get(new Lookup(engine, sessionId));
    }

    synchronized void remember(SessionEngine engine, String sessionId, Optional<SessionCopy> copy) {
        found.put(new Lookup(engine, sessionId), copy);
        copy.ifPresent(this::join);
    }

    private synchronized @Nullable SessionUse useUnlessEnded(SessionCopy copy) {
        return ended ? null : use(copy);
    }

    synchronized SessionUse use(SessionCopy copy) {
        if (ended) {
            return new SessionUse();
        }
        return uses.computeIfAbsent(copy, c -> {
            SessionUse use = new SessionUse(c.hasBegun() ? c.key() : null);
            c.join(use);
            return use;
        });
    }

    /** Lets a session take part that was looked up on a thread of which nobody knew that it runs this request. */
    public void join(SessionCopy copy) {
        use(copy).handOut();
    }

    /**
     * The id that an engine's session has now, if this request has given it another one or adopted the one that a faster request
     * gave it: the client must learn it with this answer, or it will know no living id.
     */
    public synchronized Optional<String> idToTell(SessionEngine engine) {
        for (Map.Entry<SessionCopy, SessionUse> entry : uses.entrySet()) {
            SessionCopy copy = entry.getKey();
            if (entry.getValue().hasRenamed() && copy.engine() == engine && copy.life() == SessionCopy.Life.STORED) {
                return Optional.of(copy.sessionId());
            }
        }
        return Optional.empty();
    }

    /** Whether this session takes part. */
    synchronized boolean isUsing(SessionCopy copy) {
        return uses.containsKey(copy);
    }

    /** Whether any session takes part. */
    public synchronized boolean isEmpty() {
        return uses.isEmpty();
    }

    /**
     * Saves what this request has changed so far, in every session that it uses. Costs nothing but the look where nothing has
     * changed.
     *
     * @throws HoldfastException if a session could not be saved; the scope remembers it, and the others were tried
     */
    public void save() {
        HoldfastException first = null;
        for (Map.Entry<SessionCopy, SessionUse> entry : snapshot()) {
            SessionCopy copy = entry.getKey();
            try {
                copy.engine().save(copy, entry.getValue());
            } catch (RuntimeException e) {
                HoldfastException failed = asFailure(e);
                fail(failed);
                first = first == null ? failed : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static HoldfastException asFailure(RuntimeException e) {
        return e instanceof HoldfastException known
                ? known
                : new HoldfastException("a session could not be saved: " + e, e);
    }

    /**
     * Says that no application code of this request is running any more: until it touches a session again, there is nothing more
     * to save.
     */
    public void settle() {
        settledTouches = touches();
    }

    /** Whether the application has come back since {@link #settle}. */
    public boolean isSettled() {
        return settledTouches == touches();
    }

    private synchronized long touches() {
        long sum = 0;
        for (Map.Entry<SessionCopy, SessionUse> entry : uses.entrySet()) {
            sum += entry.getValue().touches() + entry.getKey().strays().touches();
        }
        return sum;
    }

    /**
     * Ends the request's part in its sessions. Idempotent. What the application's own threads have done since it was saved for the last
     * time, and still do, belongs to no request and is saved as such. After a failure, what was not saved before is not saved any more.
     *
     * @throws HoldfastException if what they have done could not be saved; the request's part in the other sessions has ended too
     */
    public void end() {
        List<Map.Entry<SessionCopy, SessionUse>> parts;
        boolean kept;
        synchronized (this) {
            parts = snapshot();
            ended = true;
            kept = failure == null;
            uses.clear();
            found.clear();
        }
        HoldfastException first = null;
        for (Map.Entry<SessionCopy, SessionUse> part : parts) {
            try {
                part.getKey().engine().release(part.getKey(), part.getValue(), kept);
            } catch (RuntimeException e) {
                first = first == null ? asFailure(e) : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private synchronized List<Map.Entry<SessionCopy, SessionUse>> snapshot() {
        return new ArrayList<>(uses.entrySet());
    }
}
