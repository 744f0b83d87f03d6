package dev.holdfast.store;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Small saves of several sessions at once: a JDBC batch, which the driver sends in one piece and PostgreSQL commits as one
 * transaction. It takes the rows that are free and as expected, and <em>never waits for another transaction</em>: so it
 * cannot deadlock, and a row that somebody holds locked holds up nobody but those who want it. Whatever was passed over is
 * saved by itself afterwards, on the thread that wants it, and finds out there why.
 *
 * <p>Safe for use by many threads.
 */
final class SharedSaves implements Combiner.Statement<SharedSaves.Save, SaveResult> {
    private static final int MOST = 8;

    /** More than that is worth a statement of its own, and would keep the others waiting. */
    private static final int SMALL_BYTES = 8 * 1024;

    private final Database database;
    private final RowWriter writer;
    private final Combiner<Save, SaveResult> combiner = new Combiner<>(MOST, this);

    SharedSaves(Database database, RowWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    record Save(IdHash id, long expectedRevision, SessionChange change) {}

    SaveResult save(IdHash id, long expectedRevision, SessionChange change) {
        Save save = new Save(id, expectedRevision, change);
        return isSmall(change) ? combiner.ask(save) : alone(save);
    }

    private static boolean isSmall(SessionChange change) {
        return !change.touch()
                && change.maxInactiveSeconds().isEmpty()
                && change.base() == null
                && (change.delta() == null || change.delta().length <= SMALL_BYTES);
    }

    /**
     * May be the second time that this change is sent: a batch came before, and what it wrote is not always known. A
     * revision is drawn for a single save, so a row that has it tells that this very save had happened.
     */
    @Override
    public SaveResult alone(Save save) {
        SaveResult result = database.write(
                "save",
                save.id(),
                connection -> writer.save(connection, save.id(), save.expectedRevision(), save.change()));
        return result instanceof SaveResult.Conflict conflict
                        && conflict.current().revision() == save.change().newRevision()
                ? new SaveResult.Saved()
                : result;
    }

    @Override
    public void together(List<Combiner.Question<Save, SaveResult>> questions) {
        int[] updated = database.write("save", null, connection -> update(connection, questions));
        for (int i = 0; i < updated.length; i++) {
            if (updated[i] == 1) {
                questions.get(i).answer(new SaveResult.Saved());
            }
        }
    }

    private int[] update(Connection connection, List<Combiner.Question<Save, SaveResult>> questions)
            throws SQLException {
        try (PreparedStatement statement = writer.prepareSaveOfFreeRow(connection)) {
            for (Combiner.Question<Save, SaveResult> question : questions) {
                Save save = question.asked();
                writer.bindSaveOfFreeRow(statement, save.id(), save.expectedRevision(), save.change());
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
     * What the database refused is rolled back, all of it, and each is saved by itself. A lost answer is lost for each.
     */
    @Override
    public SaveResult afterFailure(Save save, Throwable failure) {
        Optional<SQLException> cause = Database.causeOf(failure);
        if (cause.isEmpty()) {
            throw new StoreUnavailableException("save of session " + save.id() + " failed: " + failure, failure);
        }
        if (!new Diagnosis(cause.get()).refused()) {
            throw Database.failed("save", save.id(), cause.get());
        }
        return alone(save);
    }
}
