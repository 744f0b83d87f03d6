package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Logouts race with whatever else a session can be in the middle of. */
class LogoutRaceTest extends RaceBase {
    @Test
    void noneIsAliveAfterwards() throws Exception {
        int rounds = rounds(100, 10_000);
        for (int round = 0; round < rounds; round++) {
            String id = "LOGOUT" + round;
            String rotated = "MOVED" + round;
            a.begin(id, session -> session.put("x", "0"));
            AtomicInteger ended = new AtomicInteger();
            List<Actor> actors = new ArrayList<>();
            for (Node node : List.of(a, b, b)) {
                Node.Request writer = inFlight(node, id);
                String name = "w" + actors.size();
                actors.add(() -> {
                    writer.run(session -> session.put(name, "1"));
                    writer.close();
                });
            }
            for (int logouts = perhaps() ? 1 : 2; logouts > 0; logouts--) {
                Node.Request logout = inFlight(anyNode(), id);
                actors.add(() -> {
                    if (logout.end()) {
                        ended.incrementAndGet();
                    }
                    logout.close();
                });
            }
            if (round % 3 == 0) {
                Node.Request login = inFlight(anyNode(), id);
                actors.add(() -> {
                    login.rotate(rotated);
                    login.close();
                });
            }

            race(actors);

            hold(ended.get() == 1, id + " was ended " + ended + " times");
            for (String name : List.of(id, rotated)) {
                hold(!isAlive(name), name + " has a living row");
                hold(!a.knows(name) && !b.knows(name) && !observer.knows(name), name + " answers");
            }
        }
        report("logout against writes and rotations", rounds, "");
    }

    private static Node.Request inFlight(Node node, String id) {
        Node.Request request = node.request(id);
        assertThat(request.session()).isPresent();
        return request;
    }
}
