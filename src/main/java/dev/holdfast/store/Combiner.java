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
 * that takes long gives up its lane, so that neither distance nor what hangs holds up everybody else. Whoever shares one
 * that does not end gets a {@link StoreUnavailableException} instead of an answer.
 *
 * <p>Safe for use by many threads. An interrupt neither ends the waiting nor gets lost.
 *
 * @param <Q> what is asked
 * @param <A> the answer
 */
final class Combiner<Q, A> {
    /**
     * Several times what a statement by key takes within a rack. Where answers come from farther away, the lanes are free
     * again before the answers are here, so that distance costs hardly any throughput; shorter, and a database that is
     * merely busy gets more statements instead of larger ones.
     */
    static final Duration PATIENCE = Duration.ofMillis(1);

    /**
     * How long to wait for a statement that another thread runs. The own pool's time-outs, unless they are raised, end it
     * well before; a container's DataSource may have none, and then what hangs must not take those along who merely share.
     */
    static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);

    private final int lanes;
    private final int most;
    private final long patienceNanos;
    private final long answerNanos;
    private final Statement<Q, A> statement;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Question<Q, A>> waiting = new ArrayDeque<>();

    /** Those that hold a lane, the longest first. */
    private final ArrayDeque<Round<Q, A>> underWay;

    /**
     * @param lanes how many statements at a time, at least one: the fewer, the more is shared
     * @param most how many questions in one of them
     */
    Combiner(int lanes, int most, Statement<Q, A> statement) {
        this(lanes, most, PATIENCE, ANSWERED_WITHIN, statement);
    }

    /**
     * @param lanes how many statements at a time, at least one
     * @param most how many questions in one of them
     * @param patience how long a statement keeps its lane at most
     * @param answeredWithin how long those wait for a statement at most who share it and do not run it
     */
    Combiner(int lanes, int most, Duration patience, Duration answeredWithin, Statement<Q, A> statement) {
        this.lanes = lanes;
        this.most = most;
        this.patienceNanos = patience.toNanos();
        this.answerNanos = answeredWithin.toNanos();
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

    /** @throws StoreUnavailableException if another thread's statement carries the question, and does not end in time */
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
        } catch (Throwable e) {
            withdraw(mine);
            throw e;
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
        if (!mine.over) {
            LockSupport.parkNanos(this, mine.pauseNanos);
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
            try {
                // the next one first: the database need not wait for us to hand out the answers
                end(round);
            } finally {
                for (Question<Q, A> question : round.questions) {
                    question.settle(failure);
                }
            }
        }
    }

    /** Takes a lane and those who wait along, if there is one; else this question waits, or is under way already. */
    private @Nullable Round<Q, A> begin(Question<Q, A> mine) {
        Thread next;
        Round<Q, A> round;
        lock.lock();
        try {
            mine.pauseNanos = answerNanos;
            if (mine.round != null) {
                awaitAnswer(mine, mine.round);
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
            round = new Round<>(Math.min(most, waiting.size() + 1));
            underWay.add(round);
            if (mine.queued) {
                waiting.remove(mine);
            }
            round.take(mine);
            while (round.questions.size() < most && !waiting.isEmpty()) {
                round.take(waiting.remove());
            }
            next = first();
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(next);
        return round;
    }

    /** The leader's answer may come yet, to nobody: as with any answer that is lost, the row tells what happened. */
    private void awaitAnswer(Question<Q, A> mine, Round<Q, A> round) {
        mine.pauseNanos = answerNanos - round.nanosUnderWay();
        if (mine.pauseNanos <= 0 && !mine.over) {
            throw new StoreUnavailableException(
                    "no answer within " + Duration.ofNanos(answerNanos).toMillis()
                            + " ms to a statement that was shared with other requests",
                    null);
        }
    }

    private void queue(Question<Q, A> mine, long nanosUntilALaneIsFree) {
        if (!mine.queued) {
            waiting.add(mine);
            mine.queued = true;
        }
        if (waiting.element() == mine) {
            mine.pauseNanos = Math.min(mine.pauseNanos, nanosUntilALaneIsFree);
        }
    }

    /** Whose asker is gone must not be first in the queue: nobody would see to the next statement. */
    private void withdraw(Question<Q, A> mine) {
        Thread next;
        lock.lock();
        try {
            next = waiting.remove(mine) ? first() : null;
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(next);
    }

    private void end(Round<Q, A> round) {
        Thread next;
        lock.lock();
        try {
            underWay.remove(round);
            next = underWay.size() < lanes ? first() : null;
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(next);
    }

    /**
     * The first in the queue sees to it that there is a next statement: it sleeps no longer than the lanes can be occupied.
     * All others sleep until they are first or have their answer, and look up now and then, should a thread have died in
     * here. So whoever becomes first is woken, and the first is woken once more when a lane becomes free, each time by whoever
     * has left the lock: under it, who is woken runs into it at once. A newcomer may be faster, and takes the first along.
     */
    private @Nullable Thread first() {
        return waiting.isEmpty() ? null : waiting.element().asker;
    }

    /** The questions of one statement. */
    private static final class Round<Q, A> {
        final List<Question<Q, A>> questions;
        private final long begun = System.nanoTime();

        Round(int size) {
            this.questions = new ArrayList<>(size);
        }

        void take(Question<Q, A> question) {
            question.round = this;
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

        /** Guarded by the lock: whose leader settles it. */
        private @Nullable Round<Q, A> round;

        /** Of the asker alone: how long to sleep at most. */
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
