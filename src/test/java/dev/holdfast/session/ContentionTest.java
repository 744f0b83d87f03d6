package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.store.StoreUnavailableException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A save that meets another node's change at every attempt. */
class ContentionTest extends EngineTestBase {
    @Test
    void endsAfterABoundWithNothingLost() {
        a.begin(ID, session -> session.put("x", "before"));
        AtomicInteger others = new AtomicInteger();
        Node.Request unlucky = a.request(ID);
        unlucky.run(session -> session.put("x", "mine"));
        a.store.beforeNext("save", new Runnable() {
            @Override
            public void run() {
                b.serve(ID, session -> session.put("y", others.incrementAndGet()));
                a.store.beforeNext("save", this);
            }
        });
        a.store.calls();

        assertThatThrownBy(unlucky::close)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("200 attempts");

        assertThat(a.store.calls()).containsOnly("save").hasSize(200);
        a.store.beforeNext("save", () -> {});
        assertThat(b.read(ID, "x")).isEqualTo("before");
        assertThat(b.read(ID, "y")).isEqualTo(200);
        assertThat(a.read(ID, "x")).as("the next request begins from the row").isEqualTo("before");
        a.serve(ID, session -> session.put("x", "mine"));
        assertThat(b.read(ID, "x")).isEqualTo("mine");
        assertThat(b.read(ID, "y")).isEqualTo(200);
    }
}
