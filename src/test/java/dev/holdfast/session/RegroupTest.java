package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.codec.legacy.Torn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Older objects that come to share something, or share it no more, while newer ones stand under their names. */
class RegroupTest extends EngineTestBase {
    private static List<Object> listOf(Object... elements) {
        return new ArrayList<>(List.of(elements));
    }

    /** From the other node, while this one's older ones are held. */
    private void newerArrive() {
        b.serve(ID, session -> share(session, "from b"));
        a.serve(ID, session -> {});
    }

    /** One holds the other. */
    private static void share(Map<String, Object> session, String word) {
        List<Object> inner = listOf(word);
        session.put("inner", inner);
        session.put("outer", listOf(inner));
    }

    @Test
    void anOlderObjectThatCameToShareIsSavedUnderBothNames() {
        a.begin(ID, session -> session.putAll(Map.of("x", listOf("old"), "y", listOf())));
        Node.Request request = a.request(ID);
        List<Object> older = list(request.get("x"));
        List<Object> other = list(request.get("y"));
        b.serve(ID, session -> session.put("x", listOf("from b")));
        a.serve(ID, session -> {});
        older.add("pen");
        other.add(older);
        request.close();

        for (Node node : List.of(a, b)) {
            assertThat(node.read(ID, "x")).isEqualTo(List.of("old", "pen"));
            assertThat(node.read(ID, "y")).isEqualTo(List.of(List.of("old", "pen")));
        }
    }

    @Test
    void anOlderObjectThatWasOnlyPutIntoAnotherUndoesNothing() {
        a.begin(ID, session -> session.putAll(Map.of("x", listOf("old"), "y", listOf())));
        Node.Request request = a.request(ID);
        List<Object> older = list(request.get("x"));
        List<Object> other = list(request.get("y"));
        b.serve(ID, session -> session.put("x", listOf("from b")));
        a.serve(ID, session -> {});
        other.add(older);
        request.close();

        for (Node node : List.of(a, b)) {
            assertThat(node.read(ID, "x")).isEqualTo(List.of("from b"));
            assertThat(node.read(ID, "y")).isEqualTo(List.of(List.of("old")));
        }
    }

    @Test
    void olderObjectsThatShareNoMoreAreSaved() {
        a.begin(ID, session -> share(session, "old"));
        Node.Request request = a.request(ID);
        List<Object> outer = list(request.get("outer"));
        newerArrive();
        outer.set(0, "own");
        request.close();

        for (Node node : List.of(a, b)) {
            assertThat(node.read(ID, "outer")).isEqualTo(List.of("own"));
            assertThat(node.read(ID, "inner")).isEqualTo(List.of("old"));
        }
    }

    @Test
    void newerObjectsWhosePlacesSuchOnesTookAreWatchedAllTheSame() {
        a.begin(ID, session -> share(session, "old"));
        Node.Request first = a.request(ID);
        List<Object> older = list(first.get("outer"));
        b.serve(ID, session -> share(session, "from b"));
        Node.Request second = a.request(ID);
        List<Object> newer = list(second.get("outer"));
        older.set(0, "own");
        first.close();
        newer.add("pen");
        second.close();

        assertThat(b.read(ID, "outer")).isEqualTo(List.of(List.of("from b"), "pen"));
        assertThat(b.read(ID, "inner")).isEqualTo(List.of("from b"));
    }

    @Test
    void whatIsLeftOfOlderOnesOfWhichOneWasSetAnewIsSaved() {
        a.begin(ID, session -> share(session, "old"));
        Node.Request request = a.request(ID);
        List<Object> outer = list(request.get("outer"));
        newerArrive();
        a.serve(ID, session -> session.put("inner", listOf("anew")));
        outer.add("pen");
        request.close();

        for (Node node : List.of(a, b)) {
            assertThat(node.read(ID, "outer")).isEqualTo(List.of(List.of("old"), "pen"));
            assertThat(node.read(ID, "inner")).isEqualTo(List.of("anew"));
        }
    }

    @Test
    void whatIsLeftOfOlderOnesThatWereOnlyReadUndoesNothing() {
        a.begin(ID, session -> share(session, "old"));
        Node.Request request = a.request(ID);
        request.get("outer");
        newerArrive();
        a.serve(ID, session -> session.put("inner", listOf("anew")));
        request.close();

        assertThat(b.read(ID, "outer")).isEqualTo(List.of(List.of("from b")));
        assertThat(b.read(ID, "inner")).isEqualTo(List.of("anew"));
    }

    @Test
    void whatWasRemovedHereStaysRemovedThoughItCameToShareAnOlderObject() {
        a.begin(ID, session -> session.putAll(Map.of("x", listOf("old"), "y", listOf())));
        Node.Request request = a.request(ID);
        List<Object> older = list(request.get("x"));
        List<Object> other = list(request.get("y"));
        b.serve(ID, session -> session.put("x", listOf("from b")));
        older.add("pen");
        other.add(older);
        a.serve(ID, session -> session.remove("y"));
        request.close();

        for (Node node : List.of(a, b)) {
            assertThat(node.read(ID, "x")).isEqualTo(List.of("old", "pen"));
            assertThat(node.read(ID, "y")).isNull();
        }
    }

    @Test
    void whatTwoRequestsDoToOlderObjectsThatShareNoMoreIsAllSaved() {
        a.begin(ID, session -> share(session, "old"));
        Node.Request first = a.request(ID);
        Node.Request second = a.request(ID);
        List<Object> outer = list(first.get("outer"));
        List<Object> inner = list(second.get("inner"));
        newerArrive();
        outer.set(0, "own");
        a.store.beforeNext("save", () -> inner.add("pen"));
        first.close();
        second.close();

        assertThat(b.read(ID, "outer")).isEqualTo(List.of("own"));
        assertThat(b.read(ID, "inner")).isEqualTo(List.of("old", "pen"));
    }

    @ParameterizedTest
    @MethodSource("looksAndNames")
    void whatOneOfThemSavesWhileTheOtherIsEncodingThemStays(int look, String holder, String held) {
        b.begin(ID, session -> {
            List<Object> inner = listOf(new Torn.OwnHooks());
            session.put(held, inner);
            session.put(holder, listOf(inner));
        });
        Node.Request first = a.request(ID);
        Node.Request second = a.request(ID);
        List<Object> older = list(first.get(holder));
        Torn.OwnHooks hooks = (Torn.OwnHooks) list(second.get(held)).get(0);
        second.get(holder);
        b.serve(ID, session -> session.put(holder, listOf("from b")));
        a.serve(ID, session -> {});
        older.set(0, "own");
        AtomicInteger looks = new AtomicInteger();
        hooks.between = () -> {
            if (looks.incrementAndGet() == look) {
                older.add("pen");
                second.close();
            }
        };
        first.close();

        assertThat(looks).hasValueGreaterThanOrEqualTo(look);
        assertThat(b.read(ID, holder)).isEqualTo(List.of("own", "pen"));
    }

    private static Stream<Arguments> looksAndNames() {
        return IntStream.rangeClosed(1, 4)
                .boxed()
                .flatMap(look -> Stream.of(arguments(look, "x", "y"), arguments(look, "y", "x")));
    }

    /** Only to see what the reader's own shares is it encoded beside it. */
    @Test
    void whatAReaderRegroupsBesideItsOwnIsWatchedAllTheSame() {
        a.begin(ID, session -> session.putAll(Map.of("x", listOf("x"), "y", listOf(), "z", listOf())));
        a.serve(ID, session -> list(session.get("y")).add(session.get("x")));
        Node.Request request = a.request(ID);
        list(request.get("y")).clear();
        list(request.get("z")).add(request.get("x"));
        a.read(ID, "z");
        request.close();

        for (Node node : List.of(a, b)) {
            assertThat(node.read(ID, "y")).isEqualTo(List.of());
            assertThat(node.read(ID, "z")).isEqualTo(List.of(List.of("x")));
        }
        a.serve(ID, session -> list(session.get("y")).add("later"));
        assertThat(b.read(ID, "y")).isEqualTo(List.of("later"));
    }
}
