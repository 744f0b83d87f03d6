package dev.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Small saves of several sessions at once. They write the rows that are as expected and pass over those that somebody holds locked or
 * is changing, so that such a row holds up nobody but those who want it. What was passed over is saved by itself afterwards, on the
 * thread that wants it, and finds out there why.
 *
 * <p>Only who takes a row in the moment between the look and the write is waited for, by all who share the statement. Two statements
 * take their rows in the order of the keys, unless the planner has a reason to read a small table from its beginning: should they ever
 * wait for each other, PostgreSQL ends one of them, which is then sent again.
 *
 * <p>A lock that is over looks like one that is held, until the row is written again: its next save goes alone. A trigger before each
 * update leaves one each time; with such a trigger on the table no save is shared, which costs time and nothing else.
 *
 * <p>Safe for use by many threads.
 */
final class SharedSaves extends SharedWrites<SharedSaves.Save, SaveResult> {
    private final RowWriter writer;

    SharedSaves(Sql sql, Database database, RowWriter writer) {
        super("save", sql.saveTogether, database);
        this.writer = writer;
    }

    record Save(IdHash id, long expectedRevision, SessionChange change) implements SharedWrites.Write {
        @Override
        public long newRevision() {
            return change.newRevision();
        }
    }

    SaveResult save(IdHash id, long expectedRevision, SessionChange change) {
        Save save = new Save(id, expectedRevision, change);
        return isSmall(change) ? ask(save) : alone(save);
    }

    private static boolean isSmall(SessionChange change) {
        return !change.touch()
                && change.maxInactiveSeconds().isEmpty()
                && change.base() == null
                && (change.delta() == null || change.delta().length <= SMALL_BYTES);
    }

    @Override
    void bind(PreparedStatement statement, List<Save> saves) throws SQLException {
        Rows.bindKeys(statement, 1, saves.stream().map(Save::id).toList());
        Rows.bindLongs(statement, 2, saves.stream().map(Save::expectedRevision));
        Rows.bindLongs(statement, 3, saves.stream().map(Save::newRevision));
        Rows.bindBytes(statement, 4, saves.stream().map(save -> save.change().delta()));
    }

    @Override
    @Nullable
    SaveResult result(boolean written) {
        return written ? new SaveResult.Saved() : null;
    }

    /**
     * May be the second time that this change is sent: a batch came before, and what it wrote is not always known. A
     * revision is drawn for a single save, so a row that has it tells that this very save had happened.
     */
    @Override
    public SaveResult alone(Save save) {
        SaveResult result =
                alone(save, connection -> writer.save(connection, save.id(), save.expectedRevision(), save.change()));
        return result instanceof SaveResult.Conflict conflict
                        && conflict.current().revision() == save.change().newRevision()
                ? new SaveResult.Saved()
                : result;
    }
}
