package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CombinerTest {
    private static final List<Integer> TEN =
            IntStream.rangeClosed(1, 10).boxed().toList();

    /** Answers a number with its tenfold, and says of 3 that somebody else must answer it. */
    private static class Tens implements Combiner.Statement<Integer, String> {
        @Override
        public String alone(Integer question) {
            return question * 10 + " alone";
        }

        @Override
        public void together(List<Combiner.Question<Integer, String>> questions) {
            for (Combiner.Question<Integer, String> question : questions) {
                if (question.asked() != 3) {
                    question.answer(question.asked() * 10 + " together");
                }
            }
        }

        @Override
        public String afterFailure(Integer question, Throwable failure) {
            return question * 10 + " after " + failure.getMessage() + " on "
                    + Thread.currentThread().getName();
        }
    }

    @Test
    void whoIsAloneWaitsForNobody() {
        Combiner<Integer, String> combiner = new Combiner<>(3, 8, new Tens());
        assertThat(combiner.ask(1)).isEqualTo("10 alone");
        assertThat(combiner.ask(2)).isEqualTo("20 alone");
    }

    private static final String FIRST = "first";

    @Test
    void whoWaitsGoesTogetherInTheOrderOfTheQueue() throws Exception {
        Crowd<Integer, String> crowd = new Crowd<>(4, new Tens(), FIRST);
        List<CompletableFuture<String>> answers = crowd.waiting(TEN);
        crowd.letThrough();
        assertThat(answers.stream().map(CompletableFuture::join))
                .containsExactly(
                        "10 together",
                        "20 together",
                        "30 alone",
                        "40 together",
                        "50 together",
                        "60 together",
                        "70 together",
                        "80 together",
                        "90 together",
                        "100 together");
        assertThat(crowd.sharedStatements()).containsExactly(4, 4, 2);
    }

    @Test
    void aFailureIsForEachToDealWithOnItsOwnThread() throws Exception {
        Crowd<Integer, String> crowd = new Crowd<>(
                4,
                new Tens() {
                    @Override
                    public void together(List<Combiner.Question<Integer, String>> questions) {
                        throw new IllegalStateException("failure");
                    }
                },
                FIRST);
        List<CompletableFuture<String>> answers = crowd.waiting(TEN.subList(0, 4));
        crowd.letThrough();
        for (int i = 0; i < 4; i++) {
            assertThat(answers.get(i).get())
                    .isEqualTo((i + 1) * 10 + " after failure on "
                            + crowd.thread(i).getName());
        }
    }

    @Test
    void anErrorOfTheOneWhoLeadsLeavesNobodyWaiting() throws Exception {
        Crowd<Integer, String> crowd = new Crowd<>(
                3,
                new Tens() {
                    @Override
                    public void together(List<Combiner.Question<Integer, String>> questions) {
                        throw new StackOverflowError("too deep");
                    }
                },
                FIRST);
        List<CompletableFuture<String>> answers = crowd.waiting(TEN.subList(0, 4));
        crowd.letThrough();
        assertThatThrownBy(answers.get(0)::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StackOverflowError.class);
        assertThat(answers.get(1).get()).startsWith("20 after too deep");
        assertThat(answers.get(2).get()).startsWith("30 after too deep");
        assertThat(answers.get(3).get()).isEqualTo("40 alone");
    }

    @Test
    void anInterruptEndsNoWaitingAndIsKept() throws Exception {
        AtomicInteger interrupted = new AtomicInteger();
        Combiner.Statement<Integer, String> noting = new Tens() {
            @Override
            public void together(List<Combiner.Question<Integer, String>> questions) {
                if (Thread.currentThread().isInterrupted()) {
                    interrupted.incrementAndGet();
                }
                super.together(questions);
            }
        };
        Crowd<Integer, String> crowd = new Crowd<>(3, noting, FIRST);
        List<CompletableFuture<String>> answers = crowd.waiting(TEN.subList(0, 3));
        List<CompletableFuture<Boolean>> kept = answers.stream()
                .map(answer -> answer.thenApply(done -> Thread.currentThread().isInterrupted()))
                .toList();
        crowd.thread(0).interrupt();
        crowd.thread(1).interrupt();
        crowd.letThrough();
        // before anything else: who waits for an answer may be the one who runs what depends on it
        assertThat(kept.stream().map(CompletableFuture::join)).containsExactly(true, true, false);
        assertThat(answers.get(1).get()).isEqualTo("20 together");
        assertThat(interrupted).hasValue(0);
    }

    @Test
    void whatHangsGivesUpItsLane() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        Combiner<Integer, String> combiner =
                new Combiner<>(1, 8, Duration.ofMillis(1), Combiner.ANSWERED_WITHIN, new Tens() {
                    @Override
                    public String alone(Integer question) {
                        if (question == 1) {
                            hangs.countDown();
                            try {
                                hang.await();
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        }
                        return super.alone(question);
                    }
                });
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> combiner.ask(1));
        hangs.await();
        assertThat(combiner.ask(2)).isEqualTo("20 alone");
        assertThat(combiner.ask(4)).isEqualTo("40 alone");
        assertThat(first).isNotDone();
        hang.countDown();
        assertThat(first.get()).isEqualTo("10 alone");
    }

    @Test
    void whatHangsKeepsThoseWaitingWhoShareItForSoLongOnly() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        Crowd<Integer, String> crowd = new Crowd<>(
                8,
                Duration.ofMillis(20),
                new Tens() {
                    @Override
                    public void together(List<Combiner.Question<Integer, String>> questions) {
                        try {
                            hang.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                        super.together(questions);
                    }
                },
                FIRST);
        List<CompletableFuture<String>> answers = crowd.waiting(TEN.subList(3, 7));
        crowd.letThrough();
        await().until(() -> answers.stream().filter(CompletableFuture::isDone).count() == 3);
        assertThat(crowd.sharedStatements()).containsExactly(4);
        List<CompletableFuture<String>> leader =
                answers.stream().filter(answer -> !answer.isDone()).toList();
        List<CompletableFuture<String>> others =
                answers.stream().filter(CompletableFuture::isDone).toList();
        for (CompletableFuture<String> answer : others) {
            assertThatThrownBy(answer::get)
                    .hasCauseInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("no answer within 20 ms");
        }
        hang.countDown();
        assertThat(leader).hasSize(1);
        assertThat(leader.get(0).get()).endsWith("0 together");
    }

    /** No lane is ever given up here, so a wake-up that got lost would leave a thread asleep for an hour. */
    @Test
    void nobodyIsForgottenInARush() throws Exception {
        for (int lanes = 1; lanes <= 3; lanes++) {
            AtomicInteger atOnce = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            Combiner<Integer, String> combiner =
                    new Combiner<>(lanes, 3, Duration.ofHours(1), Duration.ofHours(1), new Tens() {
                        @Override
                        public String alone(Integer question) {
                            LockSupport.parkNanos(1_000);
                            return super.alone(question);
                        }

                        @Override
                        public void together(List<Combiner.Question<Integer, String>> questions) {
                            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                            LockSupport.parkNanos(1_000);
                            super.together(questions);
                            atOnce.decrementAndGet();
                        }
                    });
            List<Integer> right = SessionStoreContract.atOnce(12, actor -> {
                int answered = 0;
                for (int i = 0; i < 2_000; i++) {
                    int number = actor * 2_000 + i;
                    if (combiner.ask(number).startsWith(number * 10 + " ")) {
                        answered++;
                    }
                }
                return answered;
            });
            assertThat(right).hasSize(12).containsOnly(2_000);
            assertThat(most).hasValueBetween(1, lanes);
        }
    }
}
