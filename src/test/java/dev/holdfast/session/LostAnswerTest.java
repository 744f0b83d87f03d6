package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The database has done what it was asked for, and its answer does not arrive. */
class LostAnswerTest extends EngineTestBase {
    @Test
    void aSaveWhoseAnswerWasLostIsSettledByReading() {
        a.begin(ID, session -> session.put("n", 1));
        for (int i = 2; i <= 10; i++) {
            int next = i;
            if (i % 2 == 0) {
                a.store.loseAnswerOf("save");
            } else {
                a.store.loseQuestionOf("save");
            }
            a.serve(ID, session -> session.put("n", next));
            assertThat(b.read(ID, "n")).isEqualTo(next);
        }
    }

    @Test
    void aLostAnswerIsNoLicenceToMergeTwice() {
        a.begin(ID, session -> session.put("log", new ArrayList<>(List.of("0"))));
        Node.Request request = a.request(ID);
        request.run(session -> list(session.get("log")).add("1"));
        a.store.loseAnswerOf("save");
        a.store.beforeNext("load", () -> b.serve(ID, session -> session.put("other", "x")));

        assertThatThrownBy(request::close).isInstanceOf(StoreUnavailableException.class);

        assertThat(b.read(ID, "log")).isEqualTo(List.of("0", "1"));
        assertThat(b.read(ID, "other")).isEqualTo("x");
    }

    @Test
    void aRotationWhoseAnswerWasLostIsDoneAlsoWhenSomebodyHasFollowedItSince() {
        a.begin(ID, session -> session.put("x", 1));
        Node.Request late = b.request(ID);
        late.run(session -> session.put("late", "b"));
        try (Node.Request login = a.request(ID)) {
            login.run(session -> session.put("user", "ada"));
            a.store.loseAnswerOf("cycle");
            a.store.beforeNext("load", late::close);

            assertThat(login.rotate(ID2)).isEqualTo(ID2);
            login.run(session -> session.put("more", "a"));
        }

        b.serve(ID2, session -> assertThat(session)
                .containsAllEntriesOf(Map.of("x", 1, "late", "b", "user", "ada", "more", "a")));
    }

    @Test
    void creationRotationAndLogoutSurviveLostAnswers() {
        a.store.loseAnswerOf("create");
        a.begin(ID, session -> session.put("x", 1));
        assertThat(b.read(ID, "x")).isEqualTo(1);

        a.store.loseAnswerOf("cycle");
        try (Node.Request login = a.request(ID)) {
            assertThat(login.rotate(ID2)).isEqualTo(ID2);
        }
        assertThat(b.read(ID2, "x")).isEqualTo(1);
        assertThat(b.knows(ID)).isFalse();

        a.store.loseAnswerOf("delete");
        try (Node.Request logout = a.request(ID2)) {
            assertThat(logout.end()).isTrue();
        }
        assertThat(b.knows(ID2)).isFalse();
    }
}
