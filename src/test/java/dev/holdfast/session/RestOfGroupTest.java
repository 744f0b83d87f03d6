package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Of entries that share an object one becomes another here: the rest speaks for itself only. */
class RestOfGroupTest extends EngineTestBase {
    /** Of a class that only newer nodes have. */
    private static final class Cart implements Serializable {
        private static final long serialVersionUID = 1;

        final List<Object> items = listOf("book");
    }

    private final Node old = new Node(store, Node.SEALING, ClassLoader.getPlatformClassLoader(), 1_000_000);

    private static List<Object> listOf(Object... elements) {
        return new ArrayList<>(List.of(elements));
    }

    private static List<Object> items(@Nullable Object cart) {
        return ((Cart) Objects.requireNonNull(cart)).items;
    }

    /** On a, an older "x" has been saved over that of a newer group of "x" and "y". */
    private void saveOlderOverNewer() {
        a.begin(ID, session -> session.putAll(listsOfXAndY()));
        Node.Request first = a.request(ID);
        List<Object> older = list(first.get("x"));
        b.serve(ID, session -> list(session.get("y")).add(Objects.requireNonNull(session.get("x"))));
        a.serve(ID, session -> assertThat(session.get("y")).isEqualTo(List.of(List.of("old"))));
        older.add("pen");
        first.close();
    }

    private static Map<String, Object> listsOfXAndY() {
        return Map.of("x", listOf("old"), "y", listOf());
    }

    @Test
    void whoChangesTheRestDoesNotUndoWhatAnOlderObjectBrought() {
        saveOlderOverNewer();
        a.serve(ID, session -> list(session.get("y")).add("ink"));

        for (Node node : List.of(a, b)) {
            assertThat(node.read(ID, "x")).isEqualTo(List.of("old", "pen"));
            assertThat(node.read(ID, "y")).isEqualTo(List.of(List.of("old"), "ink"));
        }
    }

    @Test
    void whoOnlyReadsTheRestWritesNothing() {
        saveOlderOverNewer();
        a.store.calls();
        a.serve(ID, session -> session.forEach((name, value) -> {}));

        assertThat(a.store.calls()).containsExactly("load");
    }

    @Test
    void whoHoldsTheGroupGoesOnBeingWatched() {
        a.begin(ID, session -> session.putAll(listsOfXAndY()));
        Node.Request first = a.request(ID);
        List<Object> older = list(first.get("x"));
        b.serve(ID, session -> list(session.get("y")).add(Objects.requireNonNull(session.get("x"))));
        Node.Request second = a.request(ID);
        List<Object> newer = list(second.get("y"));
        older.add("pen");
        first.close();
        newer.add("ink");
        a.serve(ID, session -> list(session.get("y")));
        second.close();

        for (Node node : List.of(a, b)) {
            assertThat(node.read(ID, "y")).isEqualTo(List.of(List.of("old"), "ink"));
        }
    }

    @Test
    void whatWasAboutToBeSavedOfTheGroupIsSaved() throws InterruptedException {
        a.begin(ID, session -> session.putAll(listsOfXAndY()));
        SessionCopy copy = a.engine.copies().iterator().next();
        Node.Request first = a.request(ID);
        List<Object> older = list(first.get("x"));
        b.serve(ID, session -> list(session.get("y")).add(Objects.requireNonNull(session.get("x"))));
        Node.Request second = a.request(ID);
        list(second.get("y")).add("ink");
        older.add("pen");
        Thread saving = new Thread(second::close);
        a.store.beforeNext("save", () -> {
            saving.start();
            while (!copy.conversation.hasQueuedThreads()) {
                Thread.onSpinWait();
            }
        });
        first.close();
        saving.join();

        for (Node node : List.of(a, b)) {
            assertThat(node.read(ID, "y")).isEqualTo(List.of(List.of("old"), "ink"));
        }
    }

    @Test
    void whoChangesTheRestDoesNotUndoWhatAnotherNodeSet() {
        beginWithCart();
        a.serve(ID, session -> items(session.get("cart")));
        old.serve(ID, session -> session.put("items", "of the old node"));
        a.serve(ID, session -> items(session.get("cart")).add("pen"));

        for (Node node : List.of(a, b)) {
            assertThat(items(node.read(ID, "cart"))).containsExactly("book", "pen");
            assertThat(node.read(ID, "items")).isEqualTo("of the old node");
        }
    }

    @Test
    void whoChangesTheRestDoesNotBringBackWhatAnotherNodeRemoved() {
        beginWithCart();
        a.serve(ID, session -> items(session.get("cart")));
        old.serve(ID, session -> session.remove("items"));
        a.serve(ID, session -> items(session.get("cart")).add("pen"));

        for (Node node : List.of(a, b)) {
            assertThat(items(node.read(ID, "cart"))).containsExactly("book", "pen");
            assertThat(node.read(ID, "items")).isNull();
        }
    }

    @Test
    void anotherIdDoesNotBringBackWhatANodeRemovedOfWhatItCannotDecode() {
        beginWithCart();
        old.serve(ID, session -> session.remove("items"));
        try (Node.Request login = old.request(ID)) {
            login.rotate(ID2);
        }
        assertThat(items(a.read(ID2, "cart"))).containsExactly("book");
        assertThat(a.read(ID2, "items")).isNull();

        old.serve(ID2, session -> session.put("count", 1));
        assertThat(b.read(ID2, "items")).isNull();
    }

    @Test
    void whoOnlyReadsTheRestOfWhatAnotherNodeChangedWritesNothing() {
        beginWithCart();
        a.serve(ID, session -> items(session.get("cart")));
        old.serve(ID, session -> session.put("items", "of the old node"));
        a.store.calls();
        a.serve(ID, session -> items(session.get("cart")));

        assertThat(a.store.calls()).containsExactly("load");
    }

    @Test
    void whoHeldItBeforeIsWatchedAllTheSame() {
        beginWithCart();
        Node.Request request = a.request(ID);
        List<Object> items = items(request.get("cart"));
        old.serve(ID, session -> session.put("items", "of the old node"));
        a.serve(ID, session -> {});
        items.add("pen");
        request.close();

        assertThat(items(b.read(ID, "cart"))).containsExactly("book", "pen");
    }

    @Test
    void aPropertyOfTheRestIsTheContainersToo() {
        try (Node.Request request = a.request(ID)) {
            request.create();
            Cart cart = new Cart();
            request.container().properties.put("cart", cart);
            request.container().properties.put("items", cart.items);
        }
        try (Node.Request request = old.request(ID)) {
            request.container().properties.put("items", "of the old node");
        }
        a.store.calls();
        try (Node.Request request = a.request(ID)) {
            assertThat(items(request.container().properties.get("cart"))).containsExactly("book");
            request.save();
            items(request.container().properties.get("cart")).add("pen");
        }

        assertThat(a.store.calls()).containsExactly("load", "save");
        try (Node.Request request = b.request(ID)) {
            assertThat(items(request.container().properties.get("cart"))).containsExactly("book", "pen");
            assertThat(request.container().properties).containsEntry("items", "of the old node");
        }
    }

    private void beginWithCart() {
        a.begin(ID, session -> {
            Cart cart = new Cart();
            session.put("cart", cart);
            session.put("items", cart.items);
        });
    }
}
