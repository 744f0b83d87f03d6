package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Requests of one node that get between one another's changes. */
class OverlapTest extends EngineTestBase {
    private static final int LISTS = 30;

    private void beginWithLists() {
        a.begin(ID, session -> {
            for (int i = 0; i < LISTS; i++) {
                session.put("list" + i, new ArrayList<>(List.of("old")));
            }
        });
    }

    private static void append(Node.Request request, String what) {
        for (int i = 0; i < LISTS; i++) {
            list(request.get("list" + i)).add(what);
        }
    }

    private void assertEachIs(String... expected) {
        b.serve(ID, session -> {
            for (int i = 0; i < LISTS; i++) {
                assertThat(session.get("list" + i)).isEqualTo(List.of(expected));
            }
        });
    }

    @Test
    void whoRemovesAnAttributeGetsTheValueThatItHadThen() {
        a.begin(ID, session -> session.put("x", "first"));
        try (Node.Request request = b.request(ID)) {
            request.container().whenActivated = () -> CompletableFuture.runAsync(
                            () -> b.serve(ID, session -> session.put("x", "second")))
                    .join();
            AtomicReference<Object> removed = new AtomicReference<>();
            request.run(session -> removed.set(session.remove("x")));

            assertThat(removed).hasValue("second");
        }
    }

    @Test
    void whoOnlyHoldsOlderObjectsHidesNoChangeToTheNewerOnes() {
        beginWithLists();
        Node.Request reader = a.request(ID);
        reader.run(session -> session.forEach((name, value) -> {}));
        try (Node.Request elsewhere = b.request(ID)) {
            append(elsewhere, "b");
        }
        try (Node.Request writer = a.request(ID)) {
            append(writer, "a");
        }

        assertEachIs("old", "b", "a");
        reader.close();
        assertEachIs("old", "b", "a");
    }

    @Test
    void olderObjectsOfTheSameRequestHideNoneEither() {
        beginWithLists();
        Node.Request request = a.request(ID);
        request.run(session -> session.forEach((name, value) -> {}));
        try (Node.Request elsewhere = b.request(ID)) {
            append(elsewhere, "b");
        }
        a.serve(ID, session -> {});
        append(request, "a");
        request.close();

        assertEachIs("old", "b", "a");
    }

    @Test
    void aChangeToAnOlderObjectIsSeenBesideAnUntouchedNewerOne() {
        beginWithLists();
        Node.Request request = a.request(ID);
        List<List<Object>> older = new ArrayList<>();
        for (int i = 0; i < LISTS; i++) {
            older.add(list(request.get("list" + i)));
        }
        try (Node.Request elsewhere = b.request(ID)) {
            append(elsewhere, "b");
        }
        a.serve(ID, session -> {});
        request.run(session -> session.forEach((name, value) -> {}));
        older.forEach(each -> each.add("a"));
        request.close();

        assertEachIs("old", "a");
    }

    @Test
    void aNewerObjectWhosePlaceAnOlderOneTookIsWatchedAllTheSame() {
        a.begin(ID, session -> session.put("cart", new ArrayList<>(List.of("book"))));
        Node.Request first = a.request(ID);
        List<Object> older = list(first.get("cart"));
        b.serve(ID, session -> session.put("cart", new ArrayList<>(List.of("from b"))));
        Node.Request second = a.request(ID);
        List<Object> newer = list(second.get("cart"));
        older.add("pen");
        first.close();
        newer.add("pencil");
        second.close();

        assertThat(b.read(ID, "cart")).isEqualTo(List.of("from b", "pencil"));
    }

    @Test
    void anOlderObjectIsWatchedWhereTheNewerOneCameToShareItsEntry() {
        a.begin(ID, session -> session.put("x", new ArrayList<>(List.of("old"))));
        Node.Request first = a.request(ID);
        List<Object> older = list(first.get("x"));
        b.serve(ID, session -> session.put("x", new ArrayList<>(List.of("from b"))));
        a.serve(ID, session -> session.put("y", list(session.get("x"))));
        older.add("a");
        first.close();

        assertThat(b.read(ID, "x")).isEqualTo(List.of("old", "a"));
    }

    @Test
    void aRemovalAfterWhichTheSameRequestSetIsOverOnceThatIsSaved() {
        a.begin(ID, session -> session.put("x", "old"));
        Node.Request request = a.request(ID);
        request.run(session -> {
            session.remove("x");
            session.put("x", "new");
        });
        request.save();
        b.serve(ID, session -> session.remove("x"));
        a.serve(ID, session -> {});
        b.serve(ID, session -> session.put("x", "from b"));

        assertThat(a.read(ID, "x")).isEqualTo("from b");
        request.close();
        assertThat(b.read(ID, "x")).isEqualTo("from b");
    }

    @Test
    void whatTwoThreadsChangeOutsideAnyRequestIsAllSaved() throws InterruptedException {
        a.begin(ID, session -> {});
        SessionCopy copy = a.engine.copies().iterator().next();
        Thread second = new Thread(() -> copy.attributes().put("second", "2"));
        a.store.beforeNext("save", () -> {
            second.start();
            while (!copy.conversation.hasQueuedThreads()) {
                Thread.onSpinWait();
            }
        });
        copy.attributes().put("first", "1");
        second.join();

        assertThat(b.read(ID, "first")).isEqualTo("1");
        assertThat(b.read(ID, "second")).isEqualTo("2");
    }

    @Test
    void whatAThreadDoesBetweenARequestsLastSaveAndItsEndIsSavedAllTheSame() {
        a.begin(ID, session -> session.put("list", new ArrayList<>(List.of("1"))));
        Node.Request request = a.request(ID);
        List<Object> list = list(request.get("list"));
        request.save();
        request.run(session -> {
            session.put("x", "late");
            list(session.get("list")).add("2");
            session.remove("y");
        });
        request.abandon();

        assertThat(b.read(ID, "x")).isEqualTo("late");
        assertThat(b.read(ID, "list")).isEqualTo(list).isEqualTo(List.of("1", "2"));
    }

    @Test
    void whoComesToARequestThatHasEndedUsesNothing() {
        a.begin(ID, session -> {});
        SessionCopy copy = a.engine.copies().iterator().next();
        RequestScope scope = new RequestScope();
        scope.end();
        scope.join(copy);

        assertThat(copy.isInUse()).isFalse();
    }

    @Test
    void whatWasReplacedBeforeItWasSavedIsAnsweredForAllTheSame() {
        a.begin(ID, session -> session.put("x", "old"));
        Node.Request first = a.request(ID);
        Node.Request second = a.request(ID);
        first.run(session -> session.put("x", "first"));
        second.run(session -> session.put("x", "second"));
        first.close();

        assertThat(b.read(ID, "x"))
                .as("the first is answered, the second may yet fail")
                .isEqualTo("second");
        second.close();
    }

    @Test
    void aRemovalAfterWhichAnotherRequestSetsIsAnsweredForAllTheSame() {
        a.begin(ID, session -> session.put("x", "old"));
        Node.Request first = a.request(ID);
        Node.Request second = a.request(ID);
        first.run(session -> session.remove("x"));
        second.run(session -> session.put("x", "second"));
        first.close();

        assertThat(b.read(ID, "x")).isEqualTo("second");
        second.close();
    }

    @Test
    void aChangeThatAnotherRequestRemovesIsAnsweredForAllTheSame() {
        a.begin(ID, session -> session.put("x", "old"));
        Node.Request first = a.request(ID);
        Node.Request second = a.request(ID);
        first.run(session -> session.put("x", "first"));
        second.run(session -> session.remove("x"));
        first.close();

        assertThat(b.read(ID, "x")).isNull();
        second.close();
    }

    @Test
    void aRemovalDuringAnotherRequestsSaveIsKept() {
        a.begin(ID, session -> session.put("user", new ArrayList<>(List.of("ada"))));
        Node.Request removing = a.request(ID);
        removing.session();
        Node.Request changing = a.request(ID);
        list(changing.get("user")).add("lovelace");
        a.store.beforeNext("save", () -> removing.run(session -> session.remove("user")));
        changing.close();
        removing.close();

        assertThat(b.read(ID, "user")).isNull();
        assertThat(a.read(ID, "user")).isNull();
    }

    @Test
    void aRemovalOfWhatAnotherRequestIsSavingForTheFirstTimeIsKept() {
        a.begin(ID, session -> {});
        Node.Request removing = a.request(ID);
        removing.session();
        Node.Request changing = a.request(ID);
        changing.run(session -> session.put("user", "ada"));
        a.store.beforeNext("save", () -> removing.run(session -> session.remove("user")));
        changing.close();
        removing.close();

        assertThat(b.read(ID, "user")).isNull();
        assertThat(a.read(ID, "user")).isNull();
    }

    @Test
    void whatWasSetAndRemovedInOneRequestArrivesWhenAnotherNodeSetsIt() {
        a.begin(ID, session -> {});
        a.serve(ID, session -> {
            session.put("message", "for this page only");
            session.remove("message");
        });
        b.serve(ID, session -> session.put("message", "for the next page"));

        assertThat(a.read(ID, "message")).isEqualTo("for the next page");
    }

    @Test
    void aRemovalThatMeetsANewerValueOnItsWayIsOfOneMindWithTheRow() {
        a.begin(ID, session -> {});
        Node.Request request = a.request(ID);
        request.run(session -> {
            session.put("message", "mine");
            session.remove("message");
            session.put("other", "makes it save");
        });
        b.serve(ID, session -> session.put("message", "theirs"));
        request.close();

        assertThat(a.read(ID, "message")).isEqualTo(b.read(ID, "message"));
    }
}
