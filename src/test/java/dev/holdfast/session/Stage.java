package dev.holdfast.session;

import dev.holdfast.store.InMemorySessionStore;
import dev.holdfast.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Where a story is played: a store without any session, and a hand on its clock. */
interface Stage {
    /** The store, for all nodes and for whoever looks at what they have done. */
    SessionStore store();

    /** Whether the store itself lets its actors wait for their turns, statement by statement. */
    default boolean keepsTurns() {
        return false;
    }

    /** Another run begins: whatever the last one has left is cleared away. */
    default void enter(Schedule schedule, Story story) {}

    /** What may stand in an actor's way. */
    default Obstacle obstacle() {
        return Obstacle.locks();
    }

    /** Lets time pass for all rows. */
    void pass(Duration time);

    static Stage inMemory() {
        return new Stage() {
            private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
            private final SessionStore store = new InMemorySessionStore(Node.TOUCH_INTERVAL, (InstantSource) () -> now);

            @Override
            public SessionStore store() {
                return store;
            }

            @Override
            public void pass(Duration time) {
                now = now.plus(time);
            }
        };
    }
}
