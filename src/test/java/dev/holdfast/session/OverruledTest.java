package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Older objects that somebody holds and has changed, after it was decided what their entries are. */
class OverruledTest extends EngineTestBase {
    private static List<Object> listOf(Object... elements) {
        return new ArrayList<>(List.of(elements));
    }

    @BeforeEach
    void begin() {
        a.begin(ID, session -> session.putAll(Map.of("cart", listOf("old"), "list", listOf("old"))));
    }

    /** A newer cart of another node's, which this node knows. */
    private void newerArrives() {
        b.serve(ID, session -> session.put("cart", listOf("from b")));
        a.read(ID, "cart");
    }

    private List<Object> changedWhenANewerArrives(Node.Request request) {
        List<Object> older = list(request.get("cart"));
        older.add("older");
        newerArrives();
        return older;
    }

    /** The list holds the cart. */
    private static List<Object> groupedAndChanged(Node.Request request) {
        List<Object> older = list(request.get("cart"));
        list(request.get("list")).add(older);
        request.save();
        older.add("older");
        return older;
    }

    @Test
    void whatTheSameRequestDidToTheNewerOneStaysInLaterSaves() {
        try (Node.Request request = a.request(ID)) {
            changedWhenANewerArrives(request);
            list(request.get("cart")).add("newer");
            request.save();
            request.save();
        }

        for (Node node : List.of(a, b)) {
            assertThat(node.read(ID, "cart")).isEqualTo(List.of("from b", "newer"));
        }
    }

    @Test
    void whatIsDoneToTheOlderOneAfterThatCountsAgain() {
        try (Node.Request request = a.request(ID)) {
            List<Object> older = changedWhenANewerArrives(request);
            list(request.get("cart")).add("newer");
            request.save();
            older.add("again");
        }

        assertThat(b.read(ID, "cart")).isEqualTo(List.of("old", "older", "again"));
    }

    @Test
    void whatItSharesItsObjectWithIsSavedAllTheSame() {
        try (Node.Request request = a.request(ID)) {
            List<Object> older = list(request.get("cart"));
            List<Object> other = list(request.get("list"));
            other.add(older);
            newerArrives();
            list(request.get("cart")).add("newer");
            request.save();
        }

        assertThat(b.read(ID, "cart")).isEqualTo(List.of("from b", "newer"));
        assertThat(b.read(ID, "list")).isEqualTo(List.of("old", List.of("old")));
    }

    @Test
    void whatWasRemovedHereIsNotBroughtBack() {
        try (Node.Request request = a.request(ID)) {
            changedWhenANewerArrives(request);
            a.serve(ID, session -> session.remove("cart"));
        }

        assertThat(b.read(ID, "cart")).isNull();
    }

    @Test
    void whatWasSetHereIsNotSetBackBecauseSomethingArrivedThereafter() {
        try (Node.Request request = a.request(ID)) {
            changedWhenANewerArrives(request);
            a.serve(ID, session -> session.put("cart", listOf("set here")));
            newerArrives();
        }

        assertThat(b.read(ID, "cart")).isEqualTo(List.of("from b"));
    }

    @Test
    void whatWasRemovedHereIsNotBroughtBackByWhatWasRegroupedSince() {
        try (Node.Request request = a.request(ID)) {
            groupedAndChanged(request);
            b.serve(ID, session -> session.put("cart", listOf("from b")));
            a.serve(ID, session -> session.remove("cart"));
        }

        assertThat(b.read(ID, "cart")).isNull();
    }

    @Test
    void ofAGroupThatIsOverruledInPartAllIsWatched() {
        try (Node.Request request = a.request(ID)) {
            List<Object> older = groupedAndChanged(request);
            newerArrives();
            list(request.get("cart")).add("newer");
            request.save();
            assertThat(b.read(ID, "cart")).isEqualTo(List.of("from b", "newer"));
            older.add("again");
        }

        assertThat(b.read(ID, "cart")).isEqualTo(List.of("old", "older", "again"));
        assertThat(b.read(ID, "list")).isEqualTo(List.of("old", List.of("old", "older", "again")));
    }
}
