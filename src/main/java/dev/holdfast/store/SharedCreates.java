package dev.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Small sessions that begin at the same time. Their ids are new, so hardly anybody else has anything to do with these rows: somebody who
 * repeats what may have happened, or a sweep under way of an expired session whose id is born again. Whoever is second waits for the
 * first one's end, in the order of the keys.
 *
 * <p>Safe for use by many threads.
 */
final class SharedCreates extends SharedWrites<SharedCreates.Create, CreateResult> {
    private final RowWriter writer;

    SharedCreates(Sql sql, Database database, RowWriter writer) {
        super("create", sql.createTogether, database);
        this.writer = writer;
    }

    record Create(NewSession session) implements SharedWrites.Write {
        @Override
        public IdHash id() {
            return session.idHash();
        }

        @Override
        public long newRevision() {
            return session.revision();
        }
    }

    CreateResult create(NewSession session) {
        Create create = new Create(session);
        return session.base().length <= SMALL_BYTES ? ask(create) : alone(create);
    }

    @Override
    void bind(PreparedStatement statement, List<Create> creates) throws SQLException {
        List<NewSession> sessions = creates.stream().map(Create::session).toList();
        statement.setString(1, writer.app());
        Rows.bindKeys(statement, 2, sessions.stream().map(NewSession::idHash).toList());
        Rows.bindLongs(statement, 3, sessions.stream().map(NewSession::revision));
        Rows.bindBytes(statement, 4, sessions.stream().map(NewSession::base));
        Rows.bindInts(statement, 5, sessions.stream().map(NewSession::maxInactiveSeconds));
    }

    @Override
    CreateResult result(boolean written) {
        return written ? CreateResult.CREATED : CreateResult.EXISTS;
    }

    @Override
    public CreateResult alone(Create create) {
        return alone(create, connection -> writer.create(connection, create.session()));
    }
}
