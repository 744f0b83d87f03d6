package dev.holdfast.session;

import dev.holdfast.store.InMemorySessionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two nodes on one store, whose clock the test moves by hand. */
abstract class EngineTestBase {
    static final String ID = "0123456789ABCDEF";
    static final String ID2 = "FEDCBA9876543210";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final InMemorySessionStore store = new InMemorySessionStore(Node.TOUCH_INTERVAL, (InstantSource) () -> now);
    final Node a = new Node(store);
    final Node b = new Node(store);

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** A list in the session, as the application gets it. */
    @SuppressWarnings("unchecked")
    static List<Object> list(@Nullable Object attribute) {
        return (List<Object>) Objects.requireNonNull(attribute);
    }
}
