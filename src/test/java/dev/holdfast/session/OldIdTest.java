package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another node has changed the id, and requests under the old one meet on this node: those that run, and those that come. */
class OldIdTest extends EngineTestBase {
    @Test
    void whoComesWithTheOldIdDoesNotTakeAwayTheSessionOfThoseWhoRun() {
        a.begin(ID, session -> session.put("list", new ArrayList<>(List.of("one"))));
        Node.Request running = a.request(ID);
        running.run(session -> list(session.get("list")).add("two"));
        b.request(ID).rotate(ID2);

        assertThat(a.knows(ID)).isFalse();
        assertThat(running.container().ended).isFalse();
        running.run(session -> session.put("late", "yes"));
        running.close();

        assertThat(b.read(ID2, "list")).isEqualTo(List.of("one", "two"));
        assertThat(b.read(ID2, "late")).isEqualTo("yes");
        assertThat(a.knows(ID)).isFalse();
    }

    @Test
    void thoseWhoRunGoOnSharingTheirObjectsWithWhoComesUnderTheNewId() {
        a.begin(ID, session -> session.put("list", new ArrayList<>(List.of("one"))));
        Node.Request running = a.request(ID);
        Object held = running.get("list");
        b.request(ID).rotate(ID2);
        assertThat(a.knows(ID)).isFalse();

        assertThat(a.read(ID2, "list")).isSameAs(held);
        running.close();
    }

    @Test
    void whatStaysOnThisNodeGoesAlongThoughNobodyRuns() {
        a.begin(ID, session -> session.put("local.socket", "open"));
        b.request(ID).rotate(ID2);
        a.engine.dropOrphans();

        assertThat(a.read(ID2, "local.socket")).isEqualTo("open");
    }

    @Test
    void whatStaysOnThisNodeEndsWhereTheSessionIsHereUnderItsNewIdAlready() {
        Node.Request first = a.request(ID);
        first.create();
        first.run(session -> session.put("local.socket", "open"));
        first.close();
        b.request(ID).rotate(ID2);
        assertThat(a.knows(ID2)).isTrue();
        a.engine.dropOrphans();

        assertThat(first.container().ended).isTrue();
        assertThat(a.knows(ID2)).isTrue();
    }

    @Test
    void aSessionThatHasEndedElsewhereEndsForThoseWhoRunOnceSomebodyAsks() {
        a.begin(ID, session -> session.put("x", "old"));
        Node.Request running = a.request(ID);
        running.run(session -> session.put("x", "new"));
        b.request(ID).rotate(ID2);
        b.request(ID2).end();

        assertThat(a.knows(ID)).isFalse();
        assertThat(running.container().ended).isTrue();
        running.close();

        assertThat(b.knows(ID2)).isFalse();
        assertThat(store.countAlive()).isZero();
    }
}
