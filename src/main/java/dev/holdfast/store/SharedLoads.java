package dev.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Loads of several sessions at once: one statement that takes the keys as an array and looks up each as the statement for one does.
 *
 * <p>Safe for use by many threads.
 */
final class SharedLoads implements Combiner.Statement<SharedLoads.Wanted, Optional<SessionRow>> {
    private static final int MOST = 8;

    /**
     * For every two processors one, which keeps them busy; the more, the less is shared. Measured on two processors for server and client,
     * 16 threads: three lanes take a quarter more CPU than one, each load by itself nearly a third more.
     */
    private static final int LANES = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** No revision is negative: where the caller holds none, this equals none, and has no base in common with any. */
    private static final long NONE_HELD = -1;

    private final Sql sql;
    private final Database database;
    private final Combiner<Wanted, Optional<SessionRow>> combiner = new Combiner<>(LANES, MOST, this);

    SharedLoads(Sql sql, Database database) {
        this.sql = sql;
        this.database = database;
    }

    record Wanted(IdHash id, long heldRevision) {}

    Optional<SessionRow> load(IdHash id, OptionalLong heldRevision) {
        return combiner.ask(new Wanted(id, heldRevision.orElse(NONE_HELD)));
    }

    @Override
    public Optional<SessionRow> alone(Wanted wanted) {
        return database.read("load", wanted.id(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.load)) {
                statement.setLong(1, wanted.heldRevision());
                statement.setLong(2, wanted.heldRevision());
                statement.setLong(3, wanted.heldRevision());
                statement.setBytes(4, wanted.id().bytes());
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(Rows.read(wanted.id(), row)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public void together(List<Combiner.Question<Wanted, Optional<SessionRow>>> questions) {
        List<Optional<SessionRow>> rows = database.read(
                "load",
                null,
                connection -> read(
                        connection,
                        questions.stream().map(Combiner.Question::asked).toList()));
        for (int i = 0; i < questions.size(); i++) {
            questions.get(i).answer(rows.get(i));
        }
    }

    private List<Optional<SessionRow>> read(Connection connection, List<Wanted> wanted) throws SQLException {
        List<Optional<SessionRow>> rows = new ArrayList<>(wanted.size());
        wanted.forEach(each -> rows.add(Optional.empty()));
        try (PreparedStatement statement = connection.prepareStatement(sql.loadTogether)) {
            Rows.bindKeys(statement, 1, wanted.stream().map(Wanted::id).toList());
            Rows.bindLongs(statement, 2, wanted.stream().map(Wanted::heldRevision));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    int which = row.getInt(Rows.NEXT_COLUMN) - 1;
                    rows.set(which, Optional.of(Rows.read(wanted.get(which).id(), row)));
                }
            }
        }
        return rows;
    }

    /** A row that cannot be read is no reason not to read the others; a database that does not answer is one. */
    @Override
    public Optional<SessionRow> afterFailure(Wanted wanted, Throwable failure) {
        Optional<SQLException> cause = Database.causeOf(failure);
        if (cause.isPresent() && !new Diagnosis(cause.get()).refused()) {
            throw Database.failed("load", wanted.id(), cause.get());
        }
        return alone(wanted);
    }
}
