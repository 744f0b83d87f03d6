package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Requests that overlap, on one node and on two. */
class MergeTest extends EngineTestBase {
    @Test
    void changesOfDifferentAttributesAllSurvive() {
        a.begin(ID, session -> session.put("zero", 0));
        try (Node.Request first = a.request(ID);
                Node.Request second = b.request(ID)) {
            first.run(session -> session.put("one", 1));
            second.run(session -> session.put("two", 2));
        }

        a.serve(ID, session -> assertThat(session).containsAllEntriesOf(Map.of("zero", 0, "one", 1, "two", 2)));
    }

    @Test
    void aConflictCostsOneSaveMore() {
        a.begin(ID, session -> session.put("zero", 0));
        Node.Request first = a.request(ID);
        first.run(session -> session.put("one", 1));
        b.serve(ID, session -> session.put("two", 2));
        a.store.calls();

        first.close();

        assertThat(a.store.calls()).containsExactly("save", "save");
    }

    @Test
    void onTheSameAttributeTheLastSaveWins() {
        a.begin(ID, session -> session.put("x", "before"));
        Node.Request late = a.request(ID);
        late.run(session -> session.put("x", "late"));
        b.serve(ID, session -> session.put("x", "early"));
        late.close();

        assertThat(b.read(ID, "x")).isEqualTo("late");
        assertThat(a.read(ID, "x")).isEqualTo("late");
    }

    @Test
    void settingBackWhatStoodThereIsAChangeOnceAnotherNodeHasWritten() {
        a.begin(ID, session -> session.put("x", "before"));
        Node.Request late = a.request(ID);
        late.run(session -> session.put("x", "other"));
        late.run(session -> session.put("x", "before"));
        late.run(session -> session.put("y", "makes it save"));
        b.serve(ID, session -> session.put("x", "early"));
        late.close();

        assertThat(b.read(ID, "x")).isEqualTo(a.read(ID, "x"));
    }

    @Test
    void anEqualValueDoesNotHideWhatAnotherNodeSavesLater() {
        a.begin(ID, session -> session.put("x", "equal"));
        a.serve(ID, session -> session.put("x", String.copyValueOf("equal".toCharArray())));
        a.serve(ID, session -> session.put("x", String.copyValueOf("equal".toCharArray())));
        b.serve(ID, session -> session.put("x", "newer"));

        assertThat(a.read(ID, "x")).isEqualTo("newer");
        assertThat(b.read(ID, "x")).as("the other node only looked").isEqualTo("newer");
    }

    @Test
    void aRunningRequestTakesOverWhatItHasNotChanged() {
        a.begin(ID, session -> session.putAll(Map.of("x", "old", "y", "old")));
        try (Node.Request running = a.request(ID)) {
            assertThat(running.get("x")).isEqualTo("old");
            b.serve(ID, session -> session.put("x", "new"));
            assertThat(a.read(ID, "x")).as("a later request on the same node").isEqualTo("new");
            assertThat(running.get("x")).isEqualTo("new");
        }
        assertThat(b.read(ID, "x")).as("the running request only read").isEqualTo("new");
    }

    @Test
    void anOlderObjectThatARequestStillHoldsIsWatched() {
        a.begin(ID, session -> session.put("cart", new ArrayList<>(List.of("book"))));
        try (Node.Request running = a.request(ID)) {
            List<Object> held = list(running.get("cart"));
            b.serve(ID, session -> session.put("cart", new ArrayList<>(List.of("from b"))));
            assertThat(a.read(ID, "cart")).isEqualTo(List.of("from b"));
            held.add("pen");
        }
        assertThat(b.read(ID, "cart")).isEqualTo(List.of("book", "pen"));
        assertThat(a.read(ID, "cart")).isEqualTo(List.of("book", "pen"));
    }

    @Test
    void anOlderObjectThatWasOnlyReadOverwritesNothing() {
        a.begin(ID, session -> session.put("cart", new ArrayList<>(List.of("book"))));
        try (Node.Request running = a.request(ID)) {
            assertThat(list(running.get("cart"))).hasSize(1);
            b.serve(ID, session -> session.put("cart", new ArrayList<>(List.of("from b"))));
            assertThat(a.read(ID, "cart")).isEqualTo(List.of("from b"));
            running.run(session -> session.put("other", "change"));
        }
        assertThat(b.read(ID, "cart")).isEqualTo(List.of("from b"));
    }

    @Test
    void removalAgainstChangeTheLaterOneCounts() {
        a.begin(ID, session -> session.putAll(Map.of("x", "1", "y", "1")));
        Node.Request removing = a.request(ID);
        removing.run(session -> session.remove("x"));
        b.serve(ID, session -> session.put("x", "2"));
        removing.close();
        assertThat(b.read(ID, "x")).isNull();

        Node.Request changing = a.request(ID);
        changing.run(session -> session.put("y", "2"));
        b.serve(ID, session -> session.remove("y"));
        changing.close();
        assertThat(b.read(ID, "y")).isEqualTo("2");
    }

    @Test
    void theLastOfOverlappingLocalRequestsHasTheLastWord() {
        a.begin(ID, session -> session.put("cart", new ArrayList<>()));
        Node.Request first = a.request(ID);
        Node.Request second = a.request(ID);
        list(first.get("cart")).add(1);
        list(second.get("cart")).add(2);
        first.close();
        list(second.get("cart")).add(3);
        second.close();

        assertThat(b.read(ID, "cart")).isEqualTo(List.of(1, 2, 3));
    }

    @Test
    void manyWritersLoseNothing() throws InterruptedException, ExecutionException {
        int clients = 8;
        int rounds = 50;
        a.begin(ID, session -> {});
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                Node node = client % 2 == 0 ? a : b;
                String own = "counter" + client;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < rounds; i++) {
                        node.serve(ID, session -> session.merge(own, 1, (x, y) -> (Integer) x + (Integer) y));
                    }
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
        } finally {
            threads.shutdownNow();
        }
        a.serve(ID, session -> {
            for (int client = 0; client < clients; client++) {
                assertThat(session.get("counter" + client))
                        .as("writer %s", client)
                        .isEqualTo(rounds);
            }
        });
    }
}
