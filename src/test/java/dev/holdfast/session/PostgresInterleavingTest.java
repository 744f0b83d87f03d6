package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/**
 * The same scenarios on PostgreSQL, because a store in memory proves nothing about SQL: call by call, and statement by statement,
 * where one actor may have to wait inside the database for what another one has not committed yet.
 *
 * <p>Of each scenario, the first orders and as many by chance (always the same); with {@code -Dholdfast.interleavings=all}, all.
 */
class PostgresInterleavingTest {
    private static final int STAGES = 4;
    private static final long SEED = 20260101;

    @Test
    void theLawsHoldCallByCall() throws Exception {
        assertThat(play("on PostgreSQL, call by call", false, 0, 6)).isEmpty();
    }

    @Test
    void theLawsHoldStatementByStatement() throws Exception {
        assertThat(play("on PostgreSQL, statement by statement", true, 0, 10)).isEmpty();
    }

    @Test
    void theLawsHoldWhereStatementsAreLost() throws Exception {
        assertThat(play("on PostgreSQL, statement by statement, with losses", true, 2, 3))
                .isEmpty();
    }

    private static List<Interleavings.Violation> play(String where, boolean byStatement, int losses, int atMost)
            throws Exception {
        BlockingQueue<PostgresStage> stages = new ArrayBlockingQueue<>(STAGES);
        try {
            for (int i = 0; i < STAGES; i++) {
                stages.add(new PostgresStage(byStatement));
            }
            List<Interleavings.Violation> violations =
                    Interleavings.play(where, System.out, Interleavings.scenarios(), scenario -> {
                        PostgresStage stage = take(stages);
                        try {
                            Orders orders = Interleavings.ALL ? Orders.all() : Orders.some(atMost, new Random(SEED));
                            return Interleavings.explore(scenario, orders, losses, () -> stage);
                        } finally {
                            stages.add(stage);
                        }
                    });
            int heldUp = stages.stream().mapToInt(PostgresStage::heldUp).sum();
            if (byStatement) {
                System.out.println("  an actor waited inside the database " + heldUp + " times");
                assertThat(heldUp).isPositive();
            }
            return violations;
        } finally {
            for (PostgresStage stage : new ArrayList<>(stages)) {
                stage.close();
            }
        }
    }

    private static PostgresStage take(BlockingQueue<PostgresStage> stages) {
        try {
            return stages.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
