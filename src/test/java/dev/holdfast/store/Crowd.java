package dev.holdfast.store;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** Makes questions wait behind one that occupies the only lane, so that they certainly share statements afterwards. */
final class Crowd<Q, A> {
    private final LinkedBlockingQueue<Integer> rounds = new LinkedBlockingQueue<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch occupied = new CountDownLatch(1);
    private final A answerOfTheFirst;
    private final List<Thread> threads = new ArrayList<>();
    private final Combiner<Q, A> combiner;

    /** @param answerOfTheFirst what the one gets that occupies the lane: it runs no statement */
    Crowd(int most, Combiner.Statement<Q, A> statement, A answerOfTheFirst) {
        this(most, Duration.ofHours(1), statement, answerOfTheFirst);
    }

    /** @param answeredWithin how long to wait for a statement that another runs */
    Crowd(int most, Duration answeredWithin, Combiner.Statement<Q, A> statement, A answerOfTheFirst) {
        this.answerOfTheFirst = answerOfTheFirst;
        this.combiner = new Combiner<>(1, most, Duration.ofHours(1), answeredWithin, new Gate(statement));
    }

    /** Puts these in the queue, in this order. */
    List<CompletableFuture<A>> waiting(List<Q> questions) throws InterruptedException {
        ask(questions.get(0), new CompletableFuture<>());
        occupied.await();
        List<CompletableFuture<A>> answers = new ArrayList<>();
        for (Q question : questions) {
            CompletableFuture<A> answer = new CompletableFuture<>();
            answers.add(answer);
            Thread thread = ask(question, answer);
            threads.add(thread);
            await().until(() -> LockSupport.getBlocker(thread) == combiner);
        }
        return answers;
    }

    private Thread ask(Q question, CompletableFuture<A> answer) {
        Thread thread = new Thread(() -> {
            try {
                answer.complete(combiner.ask(question));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        thread.start();
        return thread;
    }

    void letThrough() {
        open.countDown();
    }

    /** Of a question. */
    Thread thread(int which) {
        return threads.get(which);
    }

    /** How many questions each statement carried so far that was shared. */
    List<Integer> sharedStatements() {
        return List.copyOf(rounds);
    }

    private final class Gate implements Combiner.Statement<Q, A> {
        private final Combiner.Statement<Q, A> statement;

        Gate(Combiner.Statement<Q, A> statement) {
            this.statement = statement;
        }

        @Override
        public A alone(Q question) {
            if (occupied.getCount() == 0) {
                return statement.alone(question);
            }
            occupied.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return answerOfTheFirst;
        }

        @Override
        public void together(List<Combiner.Question<Q, A>> questions) {
            rounds.add(questions.size());
            statement.together(questions);
        }

        @Override
        public A afterFailure(Q question, Throwable failure) {
            return statement.afterFailure(question, failure);
        }
    }
}
