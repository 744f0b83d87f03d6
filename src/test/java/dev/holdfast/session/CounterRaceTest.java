package dev.holdfast.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many clients change one session on two nodes, each its own attribute. */
class CounterRaceTest extends RaceBase {
    private static final String ID = "0123456789ABCDEF";
    private static final int CLIENTS = 16;

    @Test
    void everyIncrementIsThere() throws Exception {
        int each = rounds(25, 1_000);
        Latencies latencies = new Latencies();
        a.begin(ID, session -> {
            for (int client = 0; client < CLIENTS; client++) {
                session.put("n" + client, new AtomicInteger());
            }
        });

        List<Actor> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            clients.add(() -> {
                for (int i = 1; i <= each; i++) {
                    Node node = (number + i) % 2 == 0 ? a : b;
                    int expected = i;
                    long start = System.nanoTime();
                    node.serve(ID, session -> {
                        int found =
                                ((AtomicInteger) Objects.requireNonNull(session.get("n" + number))).incrementAndGet();
                        hold(found == expected, "client " + number + " made " + found + " of " + expected);
                    });
                    latencies.add(System.nanoTime() - start);
                }
            });
        }
        race(clients);

        for (int client = 0; client < CLIENTS; client++) {
            Object found = observer.read(ID, "n" + client);
            hold(String.valueOf(found).equals(String.valueOf(each)), "client " + client + " left " + found);
        }
        long saves = a.engine.stats().saves() + b.engine.stats().saves();
        long conflicts = a.engine.stats().conflicts() + b.engine.stats().conflicts();
        report(
                "16 clients on one session",
                CLIENTS * each,
                latencies + ", " + saves + " saves, " + conflicts + " conflicts");
    }
}
