package dev.holdfast.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Loads of several sessions at once: a {@code union all} of the statement that loads one. Each branch has its key, so the
 * plan of each is the plan of one, whatever the size of the table. There is a statement for each of a few sizes only,
 * so that a connection has few to prepare; where there are fewer questions the remaining keys are null, which costs the
 * database next to nothing.
 *
 * <p>Safe for use by many threads.
 */
final class SharedLoads implements Combiner.Statement<SharedLoads.Wanted, Optional<SessionRow>> {
    /** Powers of two, up to this one. */
    private static final int MOST = 8;

    /**
     * So few keep a core or two of the database busy; more of them, and less is shared. Measured on two cores for server
     * and client, 16 threads: a fifth less CPU than each load by itself, with 64 threads 30 to 50 per cent less. With two lanes
     * it was a tenth more than with three.
     */
    private static final int LANES = 3;

    /** No revision is negative: where the caller holds none, this equals none. */
    private static final long NONE_HELD = -1;

    private final Sql sql;
    private final Database database;
    private final List<String> bySize = new ArrayList<>();
    private final Combiner<Wanted, Optional<SessionRow>> combiner = new Combiner<>(LANES, MOST, this);

    SharedLoads(Sql sql, Database database) {
        this.sql = sql;
        this.database = database;
        for (int size = 2; size <= MOST; size *= 2) {
            bySize.add(sql.load(size));
        }
    }

    record Wanted(IdHash id, long heldRevision) {}

    Optional<SessionRow> load(IdHash id, OptionalLong heldRevision) {
        return combiner.ask(new Wanted(id, heldRevision.orElse(NONE_HELD)));
    }

    @Override
    public Optional<SessionRow> alone(Wanted wanted) {
        return database.read("load", wanted.id(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.load)) {
                bind(statement, 0, wanted);
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
        int exponent = Integer.SIZE - Integer.numberOfLeadingZeros(wanted.size() - 1);
        try (PreparedStatement statement = connection.prepareStatement(bySize.get(exponent - 1))) {
            for (int i = 0; i < 1 << exponent; i++) {
                if (i < wanted.size()) {
                    bind(statement, i, wanted.get(i));
                } else {
                    bindNothing(statement, i);
                }
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    int which = row.getInt(Rows.NEXT_COLUMN);
                    rows.set(which, Optional.of(Rows.read(wanted.get(which).id(), row)));
                }
            }
        }
        return rows;
    }

    private static void bind(PreparedStatement statement, int which, Wanted wanted) throws SQLException {
        int before = which * Sql.LOAD_PARAMETERS;
        statement.setLong(before + 1, wanted.heldRevision());
        statement.setLong(before + 2, wanted.heldRevision());
        statement.setBytes(before + 3, wanted.id().bytes());
    }

    private static void bindNothing(PreparedStatement statement, int which) throws SQLException {
        int before = which * Sql.LOAD_PARAMETERS;
        statement.setLong(before + 1, NONE_HELD);
        statement.setLong(before + 2, NONE_HELD);
        statement.setNull(before + 3, Types.BINARY);
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
