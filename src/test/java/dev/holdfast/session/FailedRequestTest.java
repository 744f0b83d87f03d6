package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a request that fails leaves behind, and what it does not. */
class FailedRequestTest extends EngineTestBase {
    /** As an application might keep one: not serializable. */
    private static final class Connection {}

    @Test
    void anUnreachableStoreIsAFailureOfTheWholeRequest() {
        a.begin(ID, session -> session.put("user", "ada"));
        a.store.down(true);

        Node.Request request = a.request(ID);
        assertThatThrownBy(request::session).isInstanceOf(StoreUnavailableException.class);
        a.store.down(false);
        assertThatThrownBy(request::session)
                .as("one request gets one answer")
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(a.read(ID, "user")).isEqualTo("ada");
    }

    @Test
    void whatAFailedRequestChangedIsNotSeenByTheNext() {
        a.begin(ID, session -> session.put("cart", new ArrayList<>(List.of("book"))));
        Node.Request failing = a.request(ID);
        failing.run(session -> list(session.get("cart")).add("never saved"));
        a.store.down(true);
        assertThatThrownBy(failing::close).isInstanceOf(StoreUnavailableException.class);
        a.store.down(false);

        assertThat(a.read(ID, "cart")).isEqualTo(List.of("book"));
    }

    @Test
    void aDefectIsAFailureOfTheRequestToo() {
        a.begin(ID, session -> session.put("cart", new ArrayList<>(List.of("book"))));
        Node.Request failing = a.request(ID);
        failing.run(session -> list(session.get("cart")).add("never saved"));
        a.store.broken(true);
        assertThatThrownBy(failing::save).hasMessageContaining("could not be saved");
        assertThat(failing.failure()).isPresent();
        a.store.broken(false);
        failing.abandon();

        assertThat(a.read(ID, "cart")).as("on the same node").isEqualTo(List.of("book"));
        assertThat(b.read(ID, "cart")).isEqualTo(List.of("book"));
    }

    @Test
    void aSessionThatCannotBeSavedAtTheEndKeepsNoOtherInUse() {
        RequestScope scope = new RequestScope();
        List<SessionCopy> copies = new ArrayList<>();
        for (String id : List.of(ID, ID2)) {
            a.begin(id, session -> session.put("user", "ada"));
            try (RequestScope.Binding bound = scope.bind()) {
                assertThat(bound).isNotNull();
                copies.add(a.engine.find(id).orElseThrow());
                scope.save();
                copies.forEach(copy -> copy.attributes().put("late", id));
            }
        }
        a.store.down(true);

        assertThatThrownBy(scope::end).isInstanceOf(StoreUnavailableException.class);

        assertThat(copies).hasSize(2).noneMatch(SessionCopy::isInUse);
    }

    @Test
    void aRequestThatOnlyFailedToReadTakesNothingAwayFromTheNext() {
        Connection connection = new Connection();
        a.begin(ID, session -> session.put("connection", connection));
        a.store.down(true);
        Node.Request failing = a.request(ID);
        assertThatThrownBy(failing::session).isInstanceOf(StoreUnavailableException.class);
        failing.abandon();
        a.store.down(false);

        assertThat(a.read(ID, "connection")).isSameAs(connection);
    }
}
