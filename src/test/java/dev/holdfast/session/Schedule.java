package dev.holdfast.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One run of several actors, each on a thread of its own, of whom one at a time takes a step: the next is let through when all
 * others wait for their turn, have ended, or are held up by one who waits. Who that is, and whether the question or the answer
 * is lost on the way, is decided by {@link Orders}. Whoever comes to wait lets the next one through, so a step costs one change
 * of threads at most.
 */
final class Schedule {
    /** What becomes of a step that is let through. */
    enum Fate {
        HAPPENS,
        QUESTION_LOST,
        ANSWER_LOST
    }

    /** More steps than any story needs: the engine is running in circles. */
    private static final int MOST_STEPS = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Choice(Actor actor, Fate fate) {}

    /** Somebody in the play. All of it is guarded by the lock. */
    private final class Actor {
        final Thread thread;
        final Condition called = lock.newCondition();
        boolean waits;
        boolean canLose;
        boolean ended;

        @Nullable
        Fate granted;

        Actor(String name, Runnable work) {
            thread = new Thread(
                    () -> {
                        try {
                            work.run();
                        } finally {
                            ended(this);
                        }
                    },
                    "actor " + name);
            thread.setDaemon(true);
        }

        boolean isBusy() {
            return !waits && !ended;
        }
    }

    private final Orders orders;
    private final Obstacle obstacle;
    private final int losses;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition watch = lock.newCondition();
    private final TreeMap<String, Actor> actors = new TreeMap<>();
    private final Map<Thread, String> names = new HashMap<>();
    private boolean playing;
    private boolean abandoned;
    private int steps;
    private int lost;

    /**
     * @param losses how many questions or answers may be lost
     * @param obstacle what may keep an actor from coming back
     */
    Schedule(Orders orders, int losses, Obstacle obstacle) {
        this.orders = orders;
        this.losses = losses;
        this.obstacle = obstacle;
    }

    /** The run is over, and this actor with it. */
    static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super("the run was given up");
        }
    }

    /** How many questions and answers were lost. */
    int lost() {
        return lost;
    }

    /** The actor that the present thread plays; {@code null} before, after and beside the play. */
    @Nullable
    String actorHere() {
        lock.lock();
        try {
            return names.get(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs the actors to their ends, having brought them in in the order of the map.
     *
     * @throws IllegalStateException if they do not come to an end
     */
    void run(Map<String, Runnable> play) throws InterruptedException {
        lock.lock();
        try {
            // One after the other, so that each run begins alike.
            for (Map.Entry<String, Runnable> part : play.entrySet()) {
                Actor actor = new Actor(part.getKey(), part.getValue());
                actors.put(part.getKey(), actor);
                names.put(actor.thread, part.getKey());
                actor.thread.start();
                watchUntilQuiet();
            }
            playing = true;
            while (actors.values().stream().anyMatch(actor -> !actor.ended)) {
                grant();
                watchUntilQuiet();
            }
        } finally {
            abandoned = true;
            actors.values().forEach(actor -> actor.called.signal());
            lock.unlock();
        }
    }

    private void ended(Actor actor) {
        lock.lock();
        try {
            actor.ended = true;
            goOn();
        } finally {
            lock.unlock();
        }
    }

    private boolean isQuiet() {
        return actors.values().stream().noneMatch(Actor::isBusy);
    }

    /** Returns when nobody can get on any more without a turn; looks for those who are held up. */
    private void watchUntilQuiet() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int stepsBefore = steps;
        while (!isQuiet()) {
            boolean inTime = watch.await(obstacle.glance().toNanos(), TimeUnit.NANOSECONDS);
            if (!inTime && steps == stepsBefore && othersAreHeldUp()) {
                return;
            }
            if (steps != stepsBefore) {
                stepsBefore = steps;
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the actors do not come to an end");
            }
        }
        if (steps > MOST_STEPS) {
            throw new IllegalStateException("more than " + MOST_STEPS + " steps");
        }
    }

    /** Whether everybody who is busy is held up by one who waits, or by one who is held up himself. */
    private boolean othersAreHeldUp() {
        List<Thread> idle = new ArrayList<>();
        List<Thread> busy = new ArrayList<>();
        actors.values().forEach(actor -> {
            if (!actor.ended) {
                (actor.waits ? idle : busy).add(actor.thread);
            }
        });
        boolean found = !idle.isEmpty();
        while (found && !busy.isEmpty()) {
            List<Thread> heldUp = busy.stream()
                    .filter(thread -> obstacle.holdsUp(thread, idle))
                    .toList();
            found = busy.removeAll(heldUp) && idle.addAll(heldUp);
        }
        return busy.isEmpty() && !idle.isEmpty();
    }

    /** Whoever has come to rest lets the next one through, or wakes the watch where that is not for him to decide. */
    private void goOn() {
        if (playing
                && isQuiet()
                && steps <= MOST_STEPS
                && actors.values().stream().anyMatch(actor -> actor.waits)) {
            grant();
        } else {
            watch.signal();
        }
    }

    private void grant() {
        List<Choice> choices = new ArrayList<>();
        for (Actor actor : actors.values()) {
            if (actor.waits) {
                choices.add(new Choice(actor, Fate.HAPPENS));
            }
        }
        if (lost < losses) {
            for (Actor actor : actors.values()) {
                if (actor.waits && actor.canLose) {
                    choices.add(new Choice(actor, Fate.QUESTION_LOST));
                    choices.add(new Choice(actor, Fate.ANSWER_LOST));
                }
            }
        }
        Choice choice = choices.get(orders.choose(choices.size()));
        if (choice.fate() != Fate.HAPPENS) {
            lost++;
        }
        steps++;
        choice.actor().waits = false;
        choice.actor().granted = choice.fate();
        choice.actor().called.signal();
    }

    /**
     * Waits for this actor's turn. Beside the play, there is nothing to wait for.
     *
     * @param canBeLost whether the question or the answer may be lost
     */
    Fate turn(boolean canBeLost) {
        lock.lock();
        try {
            String name = names.get(Thread.currentThread());
            Actor actor = name == null ? null : actors.get(name);
            if (actor == null) {
                return Fate.HAPPENS;
            }
            actor.waits = true;
            actor.canLose = canBeLost;
            goOn();
            while (true) {
                if (abandoned) {
                    throw new Abandoned();
                }
                Fate fate = actor.granted;
                if (fate != null) {
                    actor.granted = null;
                    return fate;
                }
                actor.called.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
