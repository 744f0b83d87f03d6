package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.TableOnDataSource;
import dev.holdfast.testdb.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Somebody has set a base to null, past Holdfast. A node that holds a copy asks for no base that it has: null is an answer then, and must
 * not pass for one here.
 */
class GoneBaseTest {
    private static final String ID = "0123456789ABCDEF";

    private final TableOnDataSource table = new TableOnDataSource(source());
    private final Node a = new Node(table.store());
    private final Node b = new Node(table.store());

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void withoutADeltaTheRowIsReportedAndLeft() {
        a.begin(ID, session -> session.put("x", 1));
        b.read(ID, "x");
        table.update("update " + table.name() + " set base = null, revision = revision + 1");

        assertThat(b.knows(ID)).isFalse();
        assertThat(b.reports).singleElement().asString().startsWith("not authentic");
        assertThat(table.query("select count(*) from " + table.name())).isEqualTo("1");
    }

    /** The delta proves that the base is the held one. */
    @Test
    void aNodeThatHoldsTheBaseGoesOnAndItsNextBaseHealsTheRow() {
        a.begin(ID, session -> session.put("x", 1));
        b.read(ID, "x");
        table.update("update " + table.name() + " set base = null");
        a.serve(ID, session -> session.put("y", 2));
        assertThat(b.read(ID, "x")).isEqualTo(1);
        assertThat(b.read(ID, "y")).isEqualTo(2);

        b.serve(ID, session -> session.put("large", "x".repeat(20_000)));
        Node fresh = new Node(table.store());
        assertThat(fresh.read(ID, "x")).isEqualTo(1);
        assertThat(fresh.read(ID, "y")).isEqualTo(2);
        assertThat(b.reports).isEmpty();
    }

    private static PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(TestPostgres.shared().jdbcUrl());
        source.setUser(TestPostgres.shared().username());
        source.setPassword(TestPostgres.shared().password());
        return source;
    }
}
