package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Requests that came with one old id tell their client one new id, which is alive when they tell it. */
class OneNewIdTest extends EngineTestBase {
    /** What a request's answer tells the client; the old id where it tells none. */
    private static String told(Node.Request request, Node node) {
        return request.idToTell(node.engine).orElse(ID);
    }

    @Test
    void ofTwoRotationsOnOneNodeTheSecondAdoptsTheFirst() {
        a.begin(ID, session -> {});
        Node.Request first = a.request(ID);
        Node.Request second = a.request(ID);
        first.session();
        second.run(session -> session.put("mine", "kept"));

        assertThat(first.rotate(ID2)).isEqualTo(ID2);
        assertThat(second.rotate("SECOND")).isEqualTo(ID2);
        first.close();
        second.close();

        assertThat(b.read(ID2, "mine")).isEqualTo("kept");
        assertThat(b.knows("SECOND")).isFalse();
        assertThat(store.countAlive()).isEqualTo(1);
    }

    @Test
    void aRequestThatFollowedARotationInASaveAdoptsItTooWhenItRotates() {
        a.begin(ID, session -> {});
        Node.Request late = b.request(ID);
        late.run(session -> session.put("mine", "kept"));
        try (Node.Request first = a.request(ID)) {
            first.rotate(ID2);
        }
        late.save();

        assertThat(late.rotate("LATE")).isEqualTo(ID2);
        assertThat(told(late, b)).isEqualTo(ID2);
        late.close();

        assertThat(a.knows(ID2)).isTrue();
    }

    @Test
    void oneRequestMayRotateTwice() {
        a.begin(ID, session -> {});
        try (Node.Request request = a.request(ID)) {
            assertThat(request.rotate("BETWEEN")).isEqualTo("BETWEEN");
            assertThat(request.rotate(ID2)).isEqualTo(ID2);
            assertThat(told(request, a)).isEqualTo(ID2);
        }
        assertThat(b.knows("BETWEEN")).isFalse();
        assertThat(b.knows(ID2)).isTrue();
    }

    @Test
    void theNextRequestRotatesAgain() {
        a.begin(ID, session -> {});
        try (Node.Request request = a.request(ID)) {
            request.rotate("BETWEEN");
        }
        try (Node.Request request = a.request("BETWEEN")) {
            assertThat(request.rotate(ID2)).isEqualTo(ID2);
        }
    }

    @Test
    void theIdThatIsToldIsTheOneThatIsAliveAtTheSaveBeforeTheAnswer() {
        a.begin(ID, session -> {});
        Node.Request slow = a.request(ID);
        slow.rotate("BETWEEN");
        try (Node.Request other = b.request("BETWEEN")) {
            other.rotate(ID2);
        }

        slow.save();

        assertThat(told(slow, a)).isEqualTo(ID2);
        slow.close();
    }

    @Test
    void thatCostsNothingWhereTheSaveHasSomethingToWrite() {
        a.begin(ID, session -> {});
        a.store.calls();
        try (Node.Request login = a.request(ID)) {
            login.rotate(ID2);
            login.run(session -> session.put("user", "ada"));
        }

        assertThat(a.store.calls()).containsExactly("load", "cycle", "save");
    }

    @Test
    void whoRenamedNothingTellsNothing() {
        a.begin(ID, session -> {});
        Node.Request bystander = b.request(ID);
        bystander.run(session -> session.put("mine", "kept"));
        try (Node.Request first = a.request(ID)) {
            first.rotate(ID2);
        }
        bystander.save();

        assertThat(bystander.idToTell(b.engine)).isEmpty();
        bystander.close();
    }

    @Test
    void aSessionThatIsGoneHasNoIdToTell() {
        a.begin(ID, session -> {});
        Node.Request login = a.request(ID);
        login.rotate(ID2);
        try (Node.Request logout = b.request(ID2)) {
            logout.end();
        }
        login.save();

        assertThat(login.idToTell(a.engine)).isEmpty();
        login.close();
    }
}
