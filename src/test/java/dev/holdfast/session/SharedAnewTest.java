package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One of two attributes that share an object is set anew, and another request saves it for having seen it. */
class SharedAnewTest extends EngineTestBase {
    @Test
    void theOtherOneStaysWhatItWas() {
        a.begin(ID, session -> session.put("filler", "x".repeat(5_000)));
        a.serve(ID, session -> share(session, "shared"));
        Node.Request writer = a.request(ID);
        writer.run(session -> session.put("one", new ArrayList<>(List.of("anew"))));

        assertThat(a.read(ID, "one")).isEqualTo(List.of("anew"));
        assertThat(b.read(ID, "one")).isEqualTo(List.of("anew"));
        assertThat(b.read(ID, "other")).isEqualTo(List.of("shared"));

        writer.close();
        b.serve(ID, session -> session.put("filler", "y".repeat(5_000)));
        for (Node node : List.of(a, b, new Node(store))) {
            assertThat(node.read(ID, "one")).isEqualTo(List.of("anew"));
            assertThat(node.read(ID, "other")).isEqualTo(List.of("shared"));
        }
    }

    @Test
    void whoHoldsTheOlderOnesAndOnlyLookedUndoesNothing() {
        a.begin(ID, session -> share(session, "old"));
        Node.Request reader = a.request(ID);
        reader.get("one");
        b.serve(ID, session -> share(session, "new"));
        assertThat(a.read(ID, "one")).isEqualTo(List.of("new"));
        Node.Request writer = a.request(ID);
        writer.run(session -> session.put("one", new ArrayList<>(List.of("anew"))));
        reader.close();

        assertThat(b.read(ID, "other")).isEqualTo(List.of("new"));
        writer.close();
        assertThat(b.read(ID, "other")).isEqualTo(List.of("new"));
        assertThat(b.read(ID, "one")).isEqualTo(List.of("anew"));
    }

    private static void share(Map<String, Object> session, String word) {
        List<Object> shared = new ArrayList<>(List.of(word));
        session.put("one", shared);
        session.put("other", shared);
    }
}
