package dev.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Small writes of one kind, of several sessions at once: one statement that takes their values as arrays, in the order of the keys, and
 * tells which rows it has written. Safe for use by many threads.
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

    /** @param text the statement, which returns key and new revision of each row that it has written */
    SharedWrites(String operation, String text, Database database) {
        this.operation = operation;
        this.text = text;
        this.database = database;
    }

    /** To one row. */
    interface Write {
        IdHash id();

        /** That the row has once this is written. */
        long newRevision();
    }

    private record Written(IdHash id, long revision) {}

    abstract void bind(PreparedStatement statement, List<W> writes) throws SQLException;

    /** What it means that the statement has written this row, or passed over it; null if that has yet to be asked, alone. */
    abstract @Nullable R result(boolean written);

    final R ask(W write) {
        return combiner.ask(write);
    }

    final R alone(W write, Database.Work<R> work) {
        return database.write(operation, write.id(), work);
    }

    @Override
    public final void together(List<Combiner.Question<W, R>> questions) {
        List<W> writes = questions.stream()
                .map(Combiner.Question::asked)
                .sorted(Comparator.comparing(Write::id))
                .toList();
        Set<Written> written = database.write(operation, null, connection -> send(connection, writes));
        for (Combiner.Question<W, R> question : questions) {
            W asked = question.asked();
            R result = result(written.contains(new Written(asked.id(), asked.newRevision())));
            if (result != null) {
                question.answer(result);
            }
        }
    }

    private Set<Written> send(Connection connection, List<W> writes) throws SQLException {
        Set<Written> written = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            bind(statement, writes);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    written.add(new Written(Rows.idHash(row, 1), row.getLong(2)));
                }
            }
        }
        return written;
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
