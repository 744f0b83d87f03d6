package dev.holdfast.session;

import dev.holdfast.store.ClaimedSession;
import dev.holdfast.store.CreateResult;
import dev.holdfast.store.HealthStatus;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.NewSession;
import dev.holdfast.store.SaveResult;
import dev.holdfast.store.SessionChange;
import dev.holdfast.store.SessionRow;
import dev.holdfast.store.SessionStore;
import dev.holdfast.store.StoreUnavailableException;
import dev.holdfast.store.Swept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A real store that keeps a record of its calls, and can lose a question or an answer on the way. */
final class FaultyStore implements SessionStore {
    private final SessionStore store;
    private final List<String> calls = new ArrayList<>();
    private final AtomicLong bytesLoaded = new AtomicLong();
    private String loseQuestionOf = "";
    private String loseAnswerOf = "";
    private String delayOf = "";
    private Supplier<?> delayed = () -> "nothing";
    private boolean down;
    private boolean broken;
    private final Map<String, Runnable> beforeNext = new HashMap<>();

    FaultyStore(SessionStore store) {
        this.store = store;
    }

    /** The calls since this was last asked. */
    synchronized List<String> calls() {
        List<String> since = List.copyOf(calls);
        calls.clear();
        return since;
    }

    /** How many bytes of contents all look-ups have brought. */
    long bytesLoaded() {
        return bytesLoaded.get();
    }

    synchronized void down(boolean isDown) {
        down = isDown;
    }

    /** Each call throws what no store should. */
    synchronized void broken(boolean isBroken) {
        broken = isBroken;
    }

    /** The next call of this name fails and nothing happens. */
    synchronized void loseQuestionOf(String call) {
        loseQuestionOf = call;
    }

    /** The next call of this name happens and fails. */
    synchronized void loseAnswerOf(String call) {
        loseAnswerOf = call;
    }

    /** The next call of this name fails, and happens only when it {@linkplain #arrive arrives}. */
    synchronized void delay(String call) {
        delayOf = call;
    }

    /** What was delayed happens now. */
    void arrive() {
        Objects.requireNonNull(delayed.get());
    }

    /** What another node does just before this node's next call of this name arrives. */
    synchronized void beforeNext(String call, Runnable other) {
        beforeNext.put(call, other);
    }

    private <T> T call(String name, Supplier<T> action) {
        Runnable other;
        synchronized (this) {
            other = beforeNext.remove(name);
        }
        if (other != null) {
            other.run();
        }
        boolean loseAnswer;
        synchronized (this) {
            calls.add(name);
            if (broken) {
                throw new IllegalStateException("a defect");
            }
            if (down || loseQuestionOf.equals(name)) {
                loseQuestionOf = "";
                throw new StoreUnavailableException("the question was lost", null);
            }
            if (delayOf.equals(name)) {
                delayOf = "";
                delayed = action;
                throw new StoreUnavailableException("no answer yet", null);
            }
            loseAnswer = loseAnswerOf.equals(name);
            if (loseAnswer) {
                loseAnswerOf = "";
            }
        }
        T answer = action.get();
        if (loseAnswer) {
            throw new StoreUnavailableException("the answer was lost", null);
        }
        return answer;
    }

    @Override
    public void createSchema() {
        store.createSchema();
    }

    @Override
    public Optional<SessionRow> load(IdHash id, OptionalLong heldRevision) {
        Optional<SessionRow> row = call("load", () -> store.load(id, heldRevision));
        row.ifPresent(loaded -> bytesLoaded.addAndGet(length(loaded.base()) + length(loaded.delta())));
        return row;
    }

    private static int length(byte @Nullable [] column) {
        return column == null ? 0 : column.length;
    }

    @Override
    public CreateResult create(NewSession session) {
        return call("create", () -> store.create(session));
    }

    @Override
    public SaveResult save(IdHash id, long expectedRevision, SessionChange change) {
        return call("save", () -> store.save(id, expectedRevision, change));
    }

    @Override
    public boolean touch(IdHash id) {
        return call("touch", () -> store.touch(id));
    }

    @Override
    public boolean delete(IdHash id) {
        return call("delete", () -> store.delete(id));
    }

    @Override
    public SaveResult cycle(IdHash old, long expectedRevision, NewSession successor) {
        return call("cycle", () -> store.cycle(old, expectedRevision, successor));
    }

    @Override
    public Swept sweepExpired(int limit, Duration lease, Predicate<SessionRow> toBeClaimed) {
        return call("sweepExpired", () -> store.sweepExpired(limit, lease, toBeClaimed));
    }

    @Override
    public int deleteClaimed(List<ClaimedSession> claimed) {
        return call("deleteClaimed", () -> store.deleteClaimed(claimed));
    }

    @Override
    public int pruneExpired(boolean sessionsToo) {
        return call("pruneExpired", () -> store.pruneExpired(sessionsToo));
    }

    @Override
    public long countAlive() {
        return store.countAlive();
    }

    @Override
    public HealthStatus health() {
        return store.health();
    }

    @Override
    public void close() {
        store.close();
    }
}
