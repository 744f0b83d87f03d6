package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Rotations race with one another and with changes, under one old id. The client keeps the cookie of the answer that it reads last.
 * Answers are taken to leave in the order in which their requests began to be saved for the last time.
 */
class RotationRaceTest extends RaceBase {
    /** One request that rotates, and what its answer tells. */
    private static final class Login {
        final Node node;
        final Node.Request request;
        final List<String> newIds;
        long left;
        String told = "";

        Login(Node node, String id, List<String> newIds) {
            this.node = node;
            this.request = node.request(id);
            this.newIds = newIds;
            assertThat(request.session()).isPresent();
        }
    }

    private final AtomicLong clock = new AtomicLong();

    @Test
    void oneIdIsAliveAndTheClientKnowsIt() throws Exception {
        int rounds = rounds(120, 10_000);
        AtomicInteger outdated = new AtomicInteger();
        for (int round = 0; round < rounds; round++) {
            String id = "OLD" + round;
            a.begin(id, session -> session.put("zero", "0"));
            if (perhaps()) {
                b.knows(id);
            }
            boolean chains = round % 4 == 0;
            List<Login> logins = new ArrayList<>();
            List<Actor> actors = new ArrayList<>();
            for (Node node : List.of(a, b, anyNode())) {
                String newId = "NEW" + round + "x" + logins.size();
                boolean twice = chains && perhaps();
                Login login = new Login(node, id, twice ? List.of(newId + "first", newId) : List.of(newId));
                logins.add(login);
                actors.add(() -> logIn(login));
            }
            List<String> written = new ArrayList<>();
            for (Node node : List.of(a, b)) {
                Node.Request writer = node.request(id);
                assertThat(writer.session()).isPresent();
                String name = "w" + actors.size();
                written.add(name);
                boolean timeout = perhaps();
                actors.add(() -> {
                    writer.run(session -> session.put(name, "1"));
                    if (timeout) {
                        writer.container().properties.put(ContainerState.TIMEOUT, 1_000 + writer.hashCode() % 1_000);
                    }
                    writer.close();
                });
            }

            race(actors);

            String live = check(id, logins, written, chains, outdated);
            if (perhaps()) {
                observer.request(live).end();
            }
        }
        report(
                "rotations against rotations and writes",
                rounds,
                "answers with an id that a chain had left behind since, none of them the last: " + outdated);
    }

    private void logIn(Login login) {
        for (String newId : login.newIds) {
            login.request.run(session -> session.put("user", newId));
            login.request.rotate(newId);
            jitter();
        }
        if (ThreadLocalRandom.current().nextBoolean()) {
            login.request.run(session -> session.put("seen by", login.newIds.get(0)));
        }
        login.left = clock.incrementAndGet();
        login.request.save();
        login.told = login.request.idToTell(login.node.engine).orElse("");
        login.request.close();
    }

    /** @return the id that is alive */
    private String check(String id, List<Login> logins, List<String> written, boolean chains, AtomicInteger outdated) {
        Set<String> ids = new LinkedHashSet<>(List.of(id));
        logins.forEach(login -> ids.addAll(login.newIds));
        List<String> alive = ids.stream().filter(this::isAlive).toList();
        hold(alive.size() == 1, id + " lives as " + alive);
        String live = alive.get(0);
        hold(!live.equals(id), id + " is still alive");

        Login last = logins.get(0);
        for (Login login : logins) {
            last = login.left > last.left ? login : last;
            if (!login.told.equals(live)) {
                hold(chains, id + " lives as " + live + ", and an answer tells " + login.told);
                outdated.incrementAndGet();
            }
        }
        hold(last.told.equals(live), id + " lives as " + live + ", and the last answer tells " + last.told);

        for (Node node : List.of(a, b, observer)) {
            for (String other : ids) {
                hold(other.equals(live) == node.knows(other), other + " answers, though " + live + " lives");
            }
            try (Node.Request request = node.request(live)) {
                hold(request.container().id.equals(live), live + " thinks that it is " + request.container().id);
                written.forEach(name -> hold("1".equals(request.get(name)), live + " has lost " + name));
                hold("0".equals(request.get("zero")), live + " has lost what it had");
            }
        }
        return live;
    }
}
