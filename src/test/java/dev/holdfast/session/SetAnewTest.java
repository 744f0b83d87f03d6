package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An attribute that is set again to what it was: no change, and no claim on what comes after either. */
class SetAnewTest extends EngineTestBase {
    private static List<String> cart(String... items) {
        return new ArrayList<>(List.of(items));
    }

    @Test
    void isNotWritten() {
        a.begin(ID, session -> session.put("cart", cart("book")));
        a.store.calls();

        a.serve(ID, session -> session.put("cart", cart("book")));

        assertThat(a.store.calls()).containsExactly("load");
    }

    @Test
    void doesNotHideWhatAnotherNodeWritesLater() {
        a.begin(ID, session -> session.put("cart", cart("book")));
        a.serve(ID, session -> session.put("cart", cart("book")));
        b.serve(ID, session -> session.put("cart", cart("pen")));

        assertThat(a.read(ID, "cart")).isEqualTo(cart("pen"));
        assertThat(b.read(ID, "cart")).as("after a reader on the first node").isEqualTo(cart("pen"));
    }

    @Test
    void doesNotHideARemovalOnAnotherNode() {
        a.begin(ID, session -> session.put("cart", cart("book")));
        a.serve(ID, session -> session.put("cart", cart("book")));
        b.serve(ID, session -> session.remove("cart"));

        assertThat(a.read(ID, "cart")).isNull();
        assertThat(b.read(ID, "cart")).as("after a reader on the first node").isNull();
    }

    @Test
    void isAChangeIfAnotherNodeRemovedItBeforeTheSave() {
        a.begin(ID, session -> session.put("cart", cart("book")));
        try (Node.Request request = a.request(ID)) {
            request.run(session -> session.put("cart", cart("book")));
            b.serve(ID, session -> session.remove("cart"));
            assertThat(a.read(ID, "cart")).as("the same node, before the save").isEqualTo(cart("book"));
        }

        assertThat(b.read(ID, "cart")).isEqualTo(cart("book"));
    }

    @Test
    void isWatchedLikeAnyOtherValue() {
        a.begin(ID, session -> session.put("cart", cart("book")));
        try (Node.Request request = a.request(ID)) {
            request.run(session -> session.put("cart", cart("book")));
            request.save();
            list(request.get("cart")).add("pen");
        }

        assertThat(b.read(ID, "cart")).isEqualTo(cart("book", "pen"));
    }
}
