package dev.holdfast.session;

import dev.holdfast.store.IdHash;
import dev.holdfast.testdb.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests come at the last moment, on both nodes, while both sweep. */
class ExpiryRaceTest extends RaceBase {
    private static final Duration LEASE = Duration.ofMinutes(5);

    @Test
    void aSessionIsAnsweredOrDestroyedNeverBoth() throws Exception {
        int rounds = rounds(100, 10_000);
        int kept = 0;
        try (Connection clock = TestPostgres.shared().connect()) {
            for (int round = 0; round < rounds; round++) {
                String id = "LAST" + round;
                a.begin(id, session -> session.put("x", "0"));
                if (perhaps()) {
                    b.knows(id);
                }
                AtomicInteger answered = new AtomicInteger();
                List<String> farewells = new ArrayList<>();
                List<Actor> actors = new ArrayList<>();
                for (Node node : List.of(a, b)) {
                    actors.add(() -> {
                        if (use(node, id)) {
                            answered.incrementAndGet();
                        }
                    });
                    actors.add(() -> sweep(node, farewells));
                }
                leave(clock, id, ThreadLocalRandom.current().nextInt(3_000));

                race(actors);

                if (answered.get() == 0) {
                    expireNow(clock, id);
                    sweep(anyNode(), farewells);
                    hold(farewells.equals(List.of("0")), id + " was told farewell " + farewells);
                    hold(!a.knows(id) && !b.knows(id), id + " answers though destroyed");
                } else {
                    kept++;
                    hold(farewells.isEmpty(), id + " was answered, and told farewell " + farewells);
                    hold(isAlive(id), id + " was answered, and is gone");
                    a.request(id).end();
                }
            }
        }
        report("expiry against use and two sweeps", rounds, kept + " kept by a request, the others destroyed");
    }

    private boolean use(Node node, String id) {
        try (Node.Request request = node.request(id)) {
            boolean there = request.session().isPresent();
            if (there && perhaps()) {
                request.run(session -> session.put("y", "1"));
            }
            return there;
        }
    }

    /** A container takes no farewell for a session object that it has been told is gone: then its listeners hear nothing. */
    private static void sweep(Node node, List<String> farewells) {
        node.engine.expire(10, LEASE, copy -> {
            if (!((Node.Container) copy.container()).ended) {
                synchronized (farewells) {
                    farewells.add(String.valueOf(copy.attributes().get("x")));
                }
            }
        });
    }

    /** Moves the session's times so that it has so many microseconds left. */
    private void leave(Connection clock, String id, int micros) throws SQLException {
        try (PreparedStatement move = clock.prepareStatement("update " + table()
                + " set accessed_at = accessed_at - left_over, expires_at = expires_at - left_over"
                + " from (select expires_at - now() - make_interval(secs => ?) as left_over from " + table()
                + " where id_hash = ?) as t where id_hash = ?")) {
            move.setDouble(1, micros / 1e6);
            move.setBytes(2, IdHash.of("app", id).bytes());
            move.setBytes(3, IdHash.of("app", id).bytes());
            move.executeUpdate();
        }
    }

    private void expireNow(Connection clock, String id) throws SQLException {
        try (PreparedStatement move = clock.prepareStatement(
                "update " + table() + " set expires_at = least(expires_at, now()) where id_hash = ?")) {
            move.setBytes(1, IdHash.of("app", id).bytes());
            move.executeUpdate();
        }
    }
}
