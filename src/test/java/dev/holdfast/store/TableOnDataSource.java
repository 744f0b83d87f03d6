package dev.holdfast.store;

import dev.holdfast.testdb.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A table of its own, and a store on it whose connections come from the given DataSource, as from a container's. */
public final class TableOnDataSource implements AutoCloseable {
    private static final String NAME = "java:comp/env/jdbc/given";

    private final PostgresTable table = PostgresTable.create();
    private final SessionStore store;

    public TableOnDataSource(DataSource source) {
        TestNaming.install();
        try {
            TestNaming.bind(NAME, () -> source);
            store = table.store(PostgresSettings.forDataSource("app", NAME)
                    .withTable(table.schema(), PostgresSettings.DEFAULT_TABLE));
        } finally {
            TestNaming.remove();
        }
    }

    public SessionStore store() {
        return store;
    }

    /** The table as SQL wants it. */
    public String name() {
        return table.name();
    }

    /** Past the DataSource and the store, as an administrator would. */
    public void update(String sql) {
        table.update(sql);
    }

    /** Past the DataSource and the store: the first column of the first row, as text. */
    public String query(String sql) {
        return table.query(sql);
    }

    /** A connection past the DataSource; the caller's to close. */
    public static Connection connect() throws SQLException {
        return TestPostgres.shared().connect();
    }

    @Override
    public void close() {
        table.close();
    }
}
