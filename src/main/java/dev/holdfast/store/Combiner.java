package dev.holdfast.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets questions that are asked at the same time share a statement. At most so many statements are under way; whoever gets
 * through takes along what is waiting. Nobody waits for company: a question that finds a free lane goes at once, alone if
 * none is waiting, and is then the very statement that it would be without this class.
 *
 * <p>Each asker runs one statement for others at most, its own question in it; there is no thread of its own. A statement
 * that takes long gives up its lane, so that neither distance nor what hangs holds up everybody else.
 *
 * <p>Safe for use by many threads. An interrupt neither ends the waiting nor gets lost.
 *
 * @param <Q> what is asked
 * @param <A> the answer
 */
final class Combiner<Q, A> {
    /**
     * So few keep a core or two of the database busy; more of them, and less is shared. Measured on two cores for server
     * and client, 16 threads: loads and saves cost about a fifth less CPU than each by itself, with 64 threads about 30 to
     * 50 per cent less.
     */
    static final int LANES = 3;

    /**
     * Several times what a statement by key takes within a rack. Where answers come from farther away, the lanes are free
     * again before the answers are here, so that distance costs hardly any throughput; shorter, and a database that is
     * merely busy gets more statements instead of larger ones.
     */
    static final Duration PATIENCE = Duration.ofMillis(1);

    private final int lanes;
    private final int most;
    private final long patienceNanos;
    private final Statement<Q, A> statement;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Question<Q, A>> waiting = new ArrayDeque<>();

    /** Those that hold a lane, the longest first. */
    private final ArrayDeque<Round<Q, A>> underWay;

    Combiner(int most, Statement<Q, A> statement) {
        this(LANES, most, PATIENCE, statement);
    }

    /**
     * @param lanes how many statements at a time, at least one
     * @param most how many questions in one of them
     * @param patience how long a statement keeps its lane at most
     */
    Combiner(int lanes, int most, Duration patience, Statement<Q, A> statement) {
        this.lanes = lanes;
        this.most = most;
        this.patienceNanos = patience.toNanos();
        this.statement = statement;
        this.underWay = new ArrayDeque<>(lanes);
    }

    /** What is asked, of one or of several. Called by many threads. */
    interface Statement<Q, A> {
        A alone(Q question);

        /** Answers what it can. Whoever gets no answer goes {@link #alone}, on its own thread. */
        void together(List<Question<Q, A>> questions);

        /** {@link #together} threw this before there was an answer. Runs on the thread that asked. */
        A afterFailure(Q question, Throwable failure);
    }

    A ask(Q asked) {
        Question<Q, A> mine = new Question<>(asked);
        boolean interrupted = false;
        try {
            while (!mine.over) {
                Round<Q, A> round = begin(mine);
                if (round == null) {
                    sleep(mine);
                    interrupted |= Thread.interrupted();
                } else if (round.questions.size() == 1) {
                    return alone(round, asked);
                } else {
                    // whoever interrupts this thread does not mean the others
                    interrupted |= Thread.interrupted();
                    together(round);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return mine.outcome(statement);
    }

    /**
     * The answer may have come while this thread waited for the lock, which then took the wake-up for its own: so it is
     * looked for once more, between the lock and the sleep.
     */
    private void sleep(Question<Q, A> mine) {
        if (mine.over) {
            return;
        }
        if (mine.pauseNanos > 0) {
            LockSupport.parkNanos(this, mine.pauseNanos);
        } else {
            LockSupport.park(this);
        }
    }

    private A alone(Round<Q, A> round, Q asked) {
        try {
            return statement.alone(asked);
        } finally {
            end(round);
        }
    }

    private void together(Round<Q, A> round) {
        Throwable failure = null;
        try {
            statement.together(round.questions);
        } catch (RuntimeException e) {
            failure = e;
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            // the next one first: the database need not wait for us to hand out the answers
            end(round);
            for (Question<Q, A> question : round.questions) {
                question.settle(failure);
            }
        }
    }

    /** Takes a lane and those who wait along, if there is one; else this question waits, or is under way already. */
    private @Nullable Round<Q, A> begin(Question<Q, A> mine) {
        lock.lock();
        try {
            mine.pauseNanos = 0;
            if (mine.taken) {
                return null;
            }
            if (underWay.size() == lanes) {
                long left = patienceNanos - underWay.element().nanosUnderWay();
                if (left > 0) {
                    queue(mine, left);
                    return null;
                }
                underWay.remove();
            }
            Round<Q, A> round = new Round<>(Math.min(most, waiting.size() + 1));
            underWay.add(round);
            if (mine.queued) {
                waiting.remove(mine);
            }
            round.take(mine);
            while (round.questions.size() < most && !waiting.isEmpty()) {
                round.take(waiting.remove());
            }
            wakeFirst();
            return round;
        } finally {
            lock.unlock();
        }
    }

    private void queue(Question<Q, A> mine, long nanosUntilALaneIsFree) {
        if (!mine.queued) {
            waiting.add(mine);
            mine.queued = true;
        }
        if (waiting.element() == mine) {
            mine.pauseNanos = nanosUntilALaneIsFree;
        }
    }

    private void end(Round<Q, A> round) {
        lock.lock();
        try {
            underWay.remove(round);
            if (underWay.size() < lanes) {
                wakeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The first in the queue sees to it that there is a next statement: it sleeps no longer than the lanes can be occupied.
     * All others sleep until they are first or have their answer. So whoever becomes first is woken, and the first is woken
     * once more when a lane becomes free. A newcomer may be faster, and takes it along.
     */
    private void wakeFirst() {
        if (!waiting.isEmpty()) {
            LockSupport.unpark(waiting.element().asker);
        }
    }

    /** The questions of one statement. */
    private static final class Round<Q, A> {
        final List<Question<Q, A>> questions;
        private final long begun = System.nanoTime();

        Round(int size) {
            this.questions = new ArrayList<>(size);
        }

        void take(Question<Q, A> question) {
            question.taken = true;
            questions.add(question);
        }

        long nanosUnderWay() {
            return System.nanoTime() - begun;
        }
    }

    /** A question and what became of it. */
    static final class Question<Q, A> {
        private final Q asked;
        private final Thread asker = Thread.currentThread();

        /** Guarded by the lock. */
        private boolean queued;

        /** Guarded by the lock: in a round, whose leader settles it. */
        private boolean taken;

        /** Of the asker alone: how long to sleep, zero until woken. */
        private long pauseNanos;

        private @Nullable A answer;
        private @Nullable Throwable failure;

        /** Written last: whoever sees it sees the outcome. */
        private volatile boolean over;

        private Question(Q asked) {
            this.asked = asked;
        }

        Q asked() {
            return asked;
        }

        void answer(A found) {
            answer = found;
        }

        private void settle(@Nullable Throwable cause) {
            failure = cause;
            over = true;
            if (asker != Thread.currentThread()) {
                LockSupport.unpark(asker);
            }
        }

        private A outcome(Statement<Q, A> statement) {
            if (answer != null) {
                return answer;
            }
            return failure == null ? statement.alone(asked) : statement.afterFailure(asked, failure);
        }
    }
}
