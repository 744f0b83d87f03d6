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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One run of several actors, each on a thread of its own, whose store calls happen one at a time in an order that is decided here:
 * first by a given list of choices, then always the first possibility. What was possible at each point is kept, so that the next
 * run can take another way. With that, all orders are visited.
 */
final class Schedule {
    /** What becomes of a call that is let through. */
    enum Fate {
        HAPPENS,
        QUESTION_LOST,
        ANSWER_LOST
    }

    private record Choice(String actor, Fate fate) {}

    private final List<Integer> given;
    private final int losses;
    private final List<Integer> taken = new ArrayList<>();
    private final List<Integer> possible = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final TreeMap<String, String> waiting = new TreeMap<>();
    private final TreeMap<String, Fate> granted = new TreeMap<>();
    private int running;
    private int lost;

    /**
     * @param given the first choices, by number
     * @param losses how many questions or answers may be lost
     */
    Schedule(List<Integer> given, int losses) {
        this.given = given;
        this.losses = losses;
    }

    /** What happened, call by call. */
    List<String> story() {
        return story;
    }

    /** The choices of the next run; empty when all have been visited. */
    Optional<List<Integer>> next() {
        List<Integer> next = new ArrayList<>(taken);
        while (!next.isEmpty()) {
            int last = next.size() - 1;
            if (next.get(last) + 1 < possible.get(last)) {
                next.set(last, next.get(last) + 1);
                return Optional.of(next);
            }
            next.remove(last);
        }
        return Optional.empty();
    }

    /** Runs the actors to their ends; each is named by its place in the list. */
    void run(List<Runnable> actors) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        synchronized (this) {
            running = actors.size();
        }
        for (Runnable actor : actors) {
            Thread thread = new Thread(() -> {
                try {
                    actor.run();
                } finally {
                    ended();
                }
            });
            threads.add(thread);
            thread.start();
        }
        while (grantNext()) {
            // until all actors have ended
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private synchronized void ended() {
        running--;
        notifyAll();
    }

    private synchronized boolean grantNext() throws InterruptedException {
        while (waiting.size() < running || !granted.isEmpty()) {
            wait();
        }
        if (running == 0) {
            return false;
        }
        List<Choice> choices = new ArrayList<>();
        for (String actor : waiting.keySet()) {
            choices.add(new Choice(actor, Fate.HAPPENS));
        }
        if (lost < losses) {
            for (String actor : waiting.keySet()) {
                choices.add(new Choice(actor, Fate.QUESTION_LOST));
                choices.add(new Choice(actor, Fate.ANSWER_LOST));
            }
        }
        int number = taken.size() < given.size() ? given.get(taken.size()) : 0;
        taken.add(number);
        possible.add(choices.size());
        Choice choice = choices.get(number);
        if (choice.fate() != Fate.HAPPENS) {
            lost++;
        }
        story.add(choice.actor() + "." + waiting.remove(choice.actor()) + " " + choice.fate());
        granted.put(choice.actor(), choice.fate());
        notifyAll();
        return true;
    }

    private synchronized Fate awaitTurn(String actor, String call) {
        waiting.put(actor, call);
        notifyAll();
        while (!granted.containsKey(actor)) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return granted.getOrDefault(actor, Fate.HAPPENS);
    }

    private synchronized void done(String actor) {
        granted.remove(actor);
        notifyAll();
    }

    /** The store as this actor reaches it. */
    SessionStore storeOf(String actor, SessionStore store) {
        return new TurnStore(actor, store);
    }

    private final class TurnStore implements SessionStore {
        private final String actor;
        private final SessionStore store;

        TurnStore(String actor, SessionStore store) {
            this.actor = actor;
            this.store = store;
        }

        private <T> T turn(String call, Supplier<T> action) {
            Fate fate = awaitTurn(actor, call);
            try {
                if (fate == Fate.QUESTION_LOST) {
                    throw new StoreUnavailableException("the question was lost", null);
                }
                T answer = action.get();
                if (fate == Fate.ANSWER_LOST) {
                    throw new StoreUnavailableException("the answer was lost", null);
                }
                return answer;
            } finally {
                done(actor);
            }
        }

        @Override
        public void createSchema() {}

        @Override
        public Optional<SessionRow> load(IdHash id, OptionalLong heldRevision) {
            return turn("load", () -> store.load(id, heldRevision));
        }

        @Override
        public CreateResult create(NewSession session) {
            return turn("create", () -> store.create(session));
        }

        @Override
        public SaveResult save(IdHash id, long expectedRevision, SessionChange change) {
            return turn("save", () -> store.save(id, expectedRevision, change));
        }

        @Override
        public boolean touch(IdHash id) {
            return turn("touch", () -> store.touch(id));
        }

        @Override
        public boolean delete(IdHash id) {
            return turn("delete", () -> store.delete(id));
        }

        @Override
        public SaveResult cycle(IdHash old, long expectedRevision, NewSession successor) {
            return turn("cycle", () -> store.cycle(old, expectedRevision, successor));
        }

        @Override
        public List<ClaimedSession> claimExpired(int limit, Duration lease) {
            return turn("claimExpired", () -> store.claimExpired(limit, lease));
        }

        @Override
        public int deleteClaimed(List<ClaimedSession> claimed) {
            return turn("deleteClaimed", () -> store.deleteClaimed(claimed));
        }

        @Override
        public int pruneExpired(boolean sessionsToo) {
            return turn("pruneExpired", () -> store.pruneExpired(sessionsToo));
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
}
