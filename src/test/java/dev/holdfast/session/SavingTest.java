package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.store.IdHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is saved, when, and at what cost. */
class SavingTest extends EngineTestBase {
    @Test
    void aNewSessionIsThereForEveryNodeWhenItsFirstRequestHasEnded() {
        a.begin(ID, session -> session.put("user", "ada"));

        assertThat(b.read(ID, "user")).isEqualTo("ada");
    }

    @Test
    void costsAreKnown() {
        a.begin(ID, session -> session.put("user", "ada"));
        assertThat(a.store.calls()).containsExactly("create");

        b.serve(ID, session -> session.get("user"));
        assertThat(b.store.calls()).as("a request that reads").containsExactly("load");

        b.serve(ID, session -> session.put("user", "grace"));
        assertThat(b.store.calls()).as("a request that changes").containsExactly("load", "save");

        b.serve(ID, session -> session.put("user", "grace"));
        assertThat(b.store.calls()).as("a request that sets what is there").containsExactly("load");
    }

    @Test
    void oneRequestLooksUpOnce() {
        assertThat(a.knows(ID)).isFalse();
        a.store.calls();
        try (Node.Request request = a.request(ID)) {
            assertThat(request.session()).isEmpty();
            assertThat(request.session()).isEmpty();
        }
        assertThat(a.store.calls()).containsExactly("load");
    }

    @Test
    void anObjectChangedInPlaceIsSaved() {
        a.begin(ID, session -> session.put("cart", new ArrayList<>(List.of("book"))));

        b.serve(ID, session -> list(session.get("cart")).add("pen"));

        assertThat(a.read(ID, "cart")).isEqualTo(List.of("book", "pen"));
    }

    @Test
    void aReaderWritesNothingWhateverTheTypes() {
        a.begin(ID, session -> {
            session.put("list", new ArrayList<>(List.of(1, 2, 3)));
            Map<Object, Object> shrunk = new HashMap<>(4_096);
            shrunk.put("k", "v");
            session.put("map", shrunk);
            IdentityHashMap<Object, Object> identity = new IdentityHashMap<>();
            identity.put("x", "y");
            session.put("identity", identity);
            StringBuilder text = new StringBuilder("te");
            session.put("text", text.append("xt"));
        });

        b.serve(
                ID,
                session -> session.forEach(
                        (name, value) -> assertThat(value.toString()).isNotEmpty()));

        assertThat(b.store.calls()).containsExactly("load");
    }

    @Test
    void concurrentRequestsOfOneNodeSeeTheSameObjects() {
        a.begin(ID, session -> session.put("cart", new ArrayList<>()));

        try (Node.Request first = b.request(ID);
                Node.Request second = b.request(ID)) {
            assertThat(first.get("cart")).isSameAs(second.get("cart"));
        }
    }

    @Test
    void whatAttributesShareStaysShared() {
        a.begin(ID, session -> {
            List<String> shared = new ArrayList<>(List.of("x"));
            session.put("one", shared);
            session.put("two", shared);
        });

        b.serve(ID, session -> {
            assertThat(session.get("one")).isSameAs(session.get("two"));
            list(session.get("one")).add("y");
        });

        assertThat(a.read(ID, "two")).isEqualTo(List.of("x", "y"));
        b.serve(ID, session -> session.put("one", "alone now"));
        assertThat(a.read(ID, "one")).isEqualTo("alone now");
        assertThat(a.read(ID, "two")).isEqualTo(List.of("x", "y"));
        a.store.calls();
        a.serve(ID, session -> session.get("two"));
        assertThat(a.store.calls()).containsExactly("load");
    }

    @Test
    void aRemovedAttributeIsGoneEverywhere() {
        a.begin(ID, session -> session.putAll(Map.of("one", "1", "two", "2")));

        b.serve(ID, session -> session.remove("one"));

        assertThat(a.read(ID, "one")).isNull();
        assertThat(a.read(ID, "two")).isEqualTo("2");
        a.serve(ID, session -> assertThat(session.keySet()).containsExactly("two"));
    }

    @Test
    void theContainersPropertiesTravelLikeAttributes() {
        a.begin(ID, session -> {});
        try (Node.Request request = a.request(ID)) {
            request.container().properties.put("authType", "FORM");
            request.container().properties.put(ContainerState.TIMEOUT, 60);
        }

        try (Node.Request request = b.request(ID)) {
            assertThat(request.container().properties)
                    .containsEntry("authType", "FORM")
                    .containsEntry(ContainerState.TIMEOUT, 60);
            request.container().properties.remove("authType");
        }

        try (Node.Request request = a.request(ID)) {
            assertThat(request.container().properties).doesNotContainKey("authType");
        }
        pass(Duration.ofSeconds(70));
        assertThat(a.knows(ID)).as("alive after its changed time-out").isFalse();
    }

    @Test
    void manySmallChangesAreFoldedAndNothingIsLost() {
        a.begin(ID, session -> {
            for (int i = 0; i < 20; i++) {
                session.put("attribute" + i, "value " + i + " of a session that has some size already");
            }
        });
        for (int round = 0; round < 200; round++) {
            Node node = round % 2 == 0 ? a : b;
            String name = "attribute" + round % 23;
            String value = "value of round " + round;
            boolean remove = round % 7 == 0;
            node.serve(ID, session -> {
                if (remove) {
                    session.remove(name);
                } else {
                    session.put(name, value);
                }
            });
            assertThat((round % 2 == 0 ? b : a).read(ID, name)).isEqualTo(remove ? null : value);
        }
        assertThat(a.read(ID, "attribute8")).isEqualTo("value of round 192");
    }

    @Test
    void accessesAreRecordedOncePerIntervalAndTheSessionNeverExpiresEarly() {
        a.begin(ID, session -> {});
        a.store.calls();
        for (int minute = 0; minute < 120; minute++) {
            pass(Duration.ofSeconds(30));
            assertThat(a.knows(ID)).as("alive after %s half minutes", minute).isTrue();
        }
        assertThat(a.store.calls().stream().filter("touch"::equals).count()).isBetween(50L, 61L);

        pass(Duration.ofSeconds(1_799));
        assertThat(a.knows(ID)).isTrue();
        pass(Duration.ofSeconds(1_861));
        assertThat(a.knows(ID)).isFalse();
    }

    @Test
    void aSessionThatNeverExpiresIsNeverTouched() {
        a.begin(ID, session -> {});
        try (Node.Request request = a.request(ID)) {
            request.container().properties.put(ContainerState.TIMEOUT, 0);
        }
        pass(Duration.ofDays(365));
        a.store.calls();
        try (Node.Request request = a.request(ID)) {
            request.run(session -> session.put("x", 1));
            request.save();
            request.save();
        }
        assertThat(a.store.calls()).containsExactly("load", "save");
    }

    @Test
    void aSessionThatOutgrowsTheLimitIsRefusedByNameAndTheRowStays() {
        Node small = new Node(store, Node.SEALING, getClass().getClassLoader(), 10_000);
        small.begin(ID, session -> session.put("user", "ada"));

        assertThatThrownBy(() -> small.serve(ID, session -> {
                    for (int i = 0; i < 11; i++) {
                        session.put("page" + i, "x".repeat(1_000 + i));
                    }
                }))
                .isInstanceOf(SessionTooLargeException.class)
                .hasMessageContaining("page10")
                .hasMessageContaining("maxSessionBytes is 10000");

        small.serve(ID, session -> assertThat(session.keySet()).containsExactly("user"));
    }

    @Test
    void whatCannotBeStoredStaysOnTheNodeAndIsReportedOnce() {
        Object connection = new Connection();
        a.begin(ID, session -> {
            session.put("connection", connection);
            session.put("user", "ada");
            session.put("local.cache", "by its name");
        });
        a.serve(ID, session -> {
            assertThat(session.get("connection")).isSameAs(connection);
            assertThat(session.get("local.cache")).isEqualTo("by its name");
        });

        assertThat(b.read(ID, "connection")).isNull();
        assertThat(b.read(ID, "local.cache")).isNull();
        assertThat(b.read(ID, "user")).isEqualTo("ada");
        assertThat(a.reports).singleElement().asString().contains("connection").contains("Connection");
    }

    @Test
    void whatANodeCannotDecodeIsPreserved() {
        Node old = new Node(store, Node.SEALING, ClassLoader.getPlatformClassLoader(), 1_000_000);
        a.begin(ID, session -> {
            session.put("order", new Order("book"));
            session.put("count", 1);
        });

        old.serve(ID, session -> {
            assertThat(session.get("order")).isNull();
            session.put("count", 2);
        });

        assertThat(a.read(ID, "order")).isEqualTo(new Order("book"));
        assertThat(a.read(ID, "count")).isEqualTo(2);
        assertThat(old.reports).anySatisfy(report -> assertThat(report).contains("Order"));
    }

    @Test
    void whatTheContainerCannotDecodeIsPreserved() {
        Node old = new Node(store, Node.SEALING, ClassLoader.getPlatformClassLoader(), 1_000_000);
        Order principal = new Order("of a class that the old node does not have");
        try (Node.Request request = a.request(ID)) {
            request.create();
            request.container().properties.put("principal", principal);
        }

        old.serve(ID, session -> session.put("count", 2));
        old.serve(ID, session -> session.get("count"));

        assertThat(old.store.calls()).as("a reader writes nothing").containsExactly("load", "save", "load");
        try (Node.Request request = b.request(ID)) {
            assertThat(request.container().properties).containsEntry("principal", principal);
        }
    }

    @Test
    void whatTheContainerSetsAnewTakesThePlaceOfWhatItCouldNotDecode() {
        Node old = new Node(store, Node.SEALING, ClassLoader.getPlatformClassLoader(), 1_000_000);
        try (Node.Request request = a.request(ID)) {
            request.create();
            request.container().properties.put("principal", new Order("ada"));
        }

        try (Node.Request request = old.request(ID)) {
            request.container().properties.put("principal", "grace");
        }
        try (Node.Request request = old.request(ID)) {
            request.container().properties.remove("principal");
        }

        try (Node.Request request = b.request(ID)) {
            assertThat(request.container().properties).doesNotContainKey("principal");
        }
    }

    @Test
    void whatTheContainerDoesNotKnowIsPreserved() {
        try (Node.Request request = a.request(ID)) {
            request.create();
            request.container().properties.put(Node.Container.OF_A_NEWER_VERSION, "kept");
        }

        b.serve(ID, session -> session.put("count", 2));

        b.serve(ID, session -> session.get("count"));
        assertThat(b.store.calls()).as("a reader writes nothing").containsExactly("load", "save", "load");
        try (Node.Request request = b.request(ID)) {
            assertThat(request.session().orElseThrow().peek(EntryName.ofProperty(Node.Container.OF_A_NEWER_VERSION)))
                    .isEqualTo("kept");
        }
    }

    /** As an application might keep one: not serializable. */
    private static final class Connection {}

    record Order(String title) implements java.io.Serializable {}

    @Test
    void namesThatComeAndGoTakeNoRoomInTheRow() {
        a.begin(ID, session -> session.put("user", "ada"));
        for (int i = 0; i < 300; i++) {
            String present = "token-" + i;
            String before = "token-" + (i - 1);
            a.serve(ID, session -> {
                session.put(present, "t");
                session.remove(before);
            });
        }
        byte[] delta = store.load(IdHash.of("app", ID), OptionalLong.empty())
                .orElseThrow()
                .delta();
        assertThat(delta == null ? 0 : delta.length).isLessThan(2_000);
        b.serve(ID, session -> assertThat(session.keySet()).containsExactlyInAnyOrder("user", "token-299"));
    }
}
