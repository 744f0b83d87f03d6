package dev.holdfast.session;

import dev.holdfast.session.Schedule.Fate;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A store as actors reach it: what they ask of it is told in the {@link Story}, and may have to wait for its turn. */
final class TurnStore implements SessionStore {
    private final SessionStore store;
    private final Schedule schedule;
    private final Story story;
    private final boolean inTurns;

    /** @param inTurns whether each call waits for its turn and can be lost; otherwise that is done further down */
    TurnStore(SessionStore store, Schedule schedule, Story story, boolean inTurns) {
        this.store = store;
        this.schedule = schedule;
        this.story = story;
        this.inTurns = inTurns;
    }

    private <T> T call(String what, Supplier<T> action, Function<T, String> outcome) {
        String actor = schedule.actorHere();
        if (actor == null) {
            return action.get();
        }
        Fate fate = inTurns ? schedule.turn(true) : Fate.HAPPENS;
        if (fate == Fate.QUESTION_LOST) {
            story.add(actor, what, "the question was lost");
            throw new StoreUnavailableException("the question was lost", null);
        }
        T answer;
        try {
            answer = action.get();
        } catch (RuntimeException e) {
            story.add(actor, what, String.valueOf(e.getMessage()));
            throw e;
        }
        story.add(actor, what, outcome.apply(answer) + (fate == Fate.ANSWER_LOST ? Story.UNHEARD : ""));
        if (fate == Fate.ANSWER_LOST) {
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
        return call("load", () -> store.load(id, heldRevision), row -> row.isPresent() ? "found" : "absent");
    }

    @Override
    public CreateResult create(NewSession session) {
        return call("create", () -> store.create(session), CreateResult::name);
    }

    @Override
    public SaveResult save(IdHash id, long expectedRevision, SessionChange change) {
        return call("save", () -> store.save(id, expectedRevision, change), TurnStore::outcome);
    }

    @Override
    public boolean touch(IdHash id) {
        return call("touch", () -> store.touch(id), String::valueOf);
    }

    @Override
    public boolean delete(IdHash id) {
        return call("delete", () -> store.delete(id), String::valueOf);
    }

    @Override
    public SaveResult cycle(IdHash old, long expectedRevision, NewSession successor) {
        return call("cycle", () -> store.cycle(old, expectedRevision, successor), TurnStore::outcome);
    }

    @Override
    public Swept sweepExpired(int limit, Duration lease, Predicate<SessionRow> toBeClaimed) {
        return call("sweepExpired", () -> store.sweepExpired(limit, lease, toBeClaimed), swept -> "" + swept.size());
    }

    @Override
    public int deleteClaimed(List<ClaimedSession> claimed) {
        return call("deleteClaimed", () -> store.deleteClaimed(claimed), String::valueOf);
    }

    @Override
    public int pruneExpired(boolean sessionsToo) {
        return call("pruneExpired", () -> store.pruneExpired(sessionsToo), String::valueOf);
    }

    private static String outcome(SaveResult result) {
        return result.getClass().getSimpleName();
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
    public void close() {}
}
