package dev.holdfast.store;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Small writes of one kind, of several sessions at once: a JDBC batch, which the driver sends in one piece and PostgreSQL commits
 * as one transaction, in the order of the keys. Safe for use by many threads.
 *
 * @param <W> what is to be written
 * @param <R> what becomes of it
 */
abstract class SharedWrites<W extends SharedWrites.Write, R> implements Combiner.Statement<W, R> {
    /** More than that is worth a statement of its own, and would keep the others waiting. */
    static final int SMALL_BYTES = 8 * 1024;

    private static final int MOST = 8;

    /**
     * A write and its commit take longer than a load, so that one lane keeps the database busy. Measured on two cores for server and
     * client, 16 threads: with two lanes a save takes an eighth less CPU than with three, with one a fifth, and none waits longer.
     */
    private static final int LANES = 1;

    private final String operation;
    private final String text;
    private final Database database;
    private final Combiner<W, R> combiner = new Combiner<>(LANES, MOST, this);

    /** @param text the statement that is sent once for each */
    SharedWrites(String operation, String text, Database database) {
        this.operation = operation;
        this.text = text;
        this.database = database;
    }

    /** To one row. */
    interface Write {
        IdHash id();
    }

    abstract void bind(PreparedStatement statement, W write) throws SQLException;

    /** What it means that the batch has written this row, or passed over it; null if that has yet to be asked, alone. */
    abstract @Nullable R result(boolean written);

    final R ask(W write) {
        return combiner.ask(write);
    }

    final R alone(W write, Database.Work<R> work) {
        return database.write(operation, write.id(), work);
    }

    @Override
    public final void together(List<Combiner.Question<W, R>> questions) {
        List<Combiner.Question<W, R>> ordered = questions.stream()
                .sorted(Comparator.comparing(question -> question.asked().id()))
                .toList();
        int[] written = database.write(operation, null, connection -> send(connection, ordered));
        for (int i = 0; i < written.length; i++) {
            R result = result(written[i] == 1);
            if (result != null) {
                ordered.get(i).answer(result);
            }
        }
    }

    private int[] send(Connection connection, List<Combiner.Question<W, R>> questions) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (Combiner.Question<W, R> question : questions) {
                bind(statement, question.asked());
                statement.addBatch();
            }
            return statement.executeBatch();
        } catch (BatchUpdateException e) {
            // says what its cause says, and quotes the row
            throw e.getCause() instanceof SQLException cause ? cause : e;
        } catch (AssertionError e) {
            // where assertions are on, the driver makes one of it that a connection dies in the middle of a batch
            throw new SQLException("the connection was lost", "08006", e);
        }
    }

    /**
     * What the database refused is rolled back, all of it, and each is written by itself. A lost answer is lost for each.
     */
    @Override
    public final R afterFailure(W write, Throwable failure) {
        Optional<SQLException> cause = Database.causeOf(failure);
        if (cause.isEmpty()) {
            throw new StoreUnavailableException(
                    operation + " of session " + write.id() + " failed: " + failure, failure);
        }
        if (!new Diagnosis(cause.get()).refused()) {
            throw Database.failed(operation, write.id(), cause.get());
        }
        return alone(write);
    }
}
