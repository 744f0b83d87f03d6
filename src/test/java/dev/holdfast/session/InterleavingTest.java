package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.InMemorySessionStore;
import dev.holdfast.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every order in which the store calls of two or three nodes can happen, each with nothing lost and with one question or answer
 * lost at any point, held against the laws. An actor whose request failed was answered with an error: what it did may have happened
 * or not.
 */
class InterleavingTest {
    private static final String ID = "0123456789ABCDEF";
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    /** One visit: a store with one session, and the actors on nodes of their own. */
    private static final class World {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        final InMemorySessionStore store = new InMemorySessionStore(Node.TOUCH_INTERVAL, (InstantSource) () -> now);
        final Schedule schedule;
        final List<Runnable> actors = new ArrayList<>();
        /** The actors whose request was answered, with what it returned. */
        final Map<String, String> answered = new ConcurrentHashMap<>();

        final List<RuntimeException> broken = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger farewells = new AtomicInteger();

        World(Schedule schedule) {
            this.schedule = schedule;
        }

        void begin() {
            new Node(store).begin(ID, session -> session.put("zero", "0"));
        }

        void pass(Duration time) {
            now = now.plus(time);
        }

        /** An actor whose request is running with the session it has found before anything else happens. */
        void inFlight(String name, BiConsumer<Node, Node.Request> application) {
            Node node = new Node(schedule.storeOf(name, store));
            actor(name, () -> {
                Node.Request request = node.request(ID);
                try (request) {
                    if (request.session().isEmpty()) {
                        answered.put(name, "absent");
                        return;
                    }
                    application.accept(node, request);
                    answered.put(name, request.container().id);
                }
                answered.put(name, request.container().id);
            });
        }

        void actor(String name, Runnable work) {
            actors.add(() -> {
                try {
                    work.run();
                } catch (StoreUnavailableException e) {
                    answered.remove(name);
                } catch (RuntimeException e) {
                    broken.add(e);
                }
            });
        }

        boolean served(String actor) {
            return answered.containsKey(actor) && !"absent".equals(answered.get(actor));
        }

        String idOf(String actor) {
            return answered.getOrDefault(actor, "none");
        }

        Node observer() {
            return new Node(store);
        }

        long alive() {
            return store.countAlive();
        }
    }

    private static int explore(int losses, Consumer<World> setUp, Consumer<World> law) {
        int visited = 0;
        Optional<List<Integer>> choices = Optional.of(List.of());
        while (choices.isPresent()) {
            Schedule schedule = new Schedule(choices.get(), losses);
            World world = new World(schedule);
            setUp.accept(world);
            try {
                schedule.run(world.actors);
                assertThat(world.broken).isEmpty();
                law.accept(world);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } catch (AssertionError e) {
                throw new AssertionError(
                        e.getMessage() + "\nafter " + schedule.story() + "\nanswered " + world.answered, e);
            }
            visited++;
            choices = schedule.next();
        }
        return visited;
    }

    private static void exploreAll(String name, Consumer<World> setUp, Consumer<World> law) {
        int whole = explore(0, setUp, law);
        int lossy = explore(1, setUp, law);
        System.out.println(
                "interleavings of " + name + ": " + whole + " with nothing lost, " + lossy + " with one loss at most");
        assertThat(whole).isGreaterThan(1);
        assertThat(lossy).isGreaterThan(whole);
    }

    @Test
    void savesOfDifferentAttributes() {
        exploreAll(
                "save/save",
                world -> {
                    world.begin();
                    world.inFlight("A", (node, request) -> request.run(session -> session.put("a", "1")));
                    world.inFlight("B", (node, request) -> request.run(session -> session.put("b", "1")));
                },
                world -> {
                    Node observer = world.observer();
                    assertThat(observer.read(ID, "zero")).isEqualTo("0");
                    if (world.served("A")) {
                        assertThat(observer.read(ID, "a")).isEqualTo("1");
                    }
                    if (world.served("B")) {
                        assertThat(observer.read(ID, "b")).isEqualTo("1");
                    }
                });
    }

    @Test
    void threeSaves() {
        int visited = explore(
                0,
                world -> {
                    world.begin();
                    for (String actor : List.of("A", "B", "C")) {
                        world.inFlight(actor, (node, request) -> request.run(session -> session.put(actor, "1")));
                    }
                },
                world -> {
                    for (String actor : List.of("A", "B", "C")) {
                        assertThat(world.observer().read(ID, actor)).isEqualTo("1");
                    }
                });
        System.out.println("interleavings of save/save/save: " + visited);
    }

    @Test
    void saveAgainstLogout() {
        exploreAll(
                "save/logout",
                world -> {
                    world.begin();
                    world.inFlight("A", (node, request) -> request.run(session -> session.put("a", "1")));
                    world.inFlight("B", (node, request) -> request.end());
                },
                world -> {
                    if (world.served("B")) {
                        assertThat(world.alive()).as("alive after logout").isZero();
                    }
                });
    }

    @Test
    void saveAgainstRotation() {
        exploreAll(
                "save/rotate",
                world -> {
                    world.begin();
                    world.inFlight("A", (node, request) -> request.run(session -> session.put("a", "1")));
                    world.inFlight("B", (node, request) -> request.rotate("ROTATEDBYB"));
                },
                world -> {
                    assertThat(world.alive()).as("live ids").isEqualTo(1);
                    if (world.served("B")) {
                        assertThat(world.answered).containsEntry("B", "ROTATEDBYB");
                        assertThat(world.observer().knows(ID))
                                .as("old id alive")
                                .isFalse();
                        assertThat(world.observer().knows("ROTATEDBYB")).isTrue();
                    }
                    if (world.served("A")) {
                        String present = world.observer().knows(ID) ? ID : "ROTATEDBYB";
                        assertThat(world.observer().read(present, "a")).isEqualTo("1");
                    }
                });
    }

    @Test
    void twoRotationsAndASave() {
        Consumer<World> setUp = world -> {
            world.begin();
            world.inFlight("A", (node, request) -> request.rotate("ROTATEDBYA"));
            world.inFlight("B", (node, request) -> {
                request.run(session -> session.put("b", "1"));
                request.rotate("ROTATEDBYB");
            });
        };
        Consumer<World> law = world -> {
            assertThat(world.alive()).as("live ids").isEqualTo(1);
            for (String actor : List.of("A", "B")) {
                if (world.served(actor)) {
                    assertThat(world.observer().knows(world.idOf(actor)))
                            .as("the last cookie of %s works", actor)
                            .isTrue();
                    assertThat(world.observer().knows(ID)).as("old id alive").isFalse();
                }
            }
            if (world.served("B")) {
                assertThat(world.observer().read(world.idOf("B"), "b")).isEqualTo("1");
            }
        };
        exploreAll("rotate/rotate", setUp, law);
    }

    @Test
    void logoutAgainstRotation() {
        exploreAll(
                "logout/rotate",
                world -> {
                    world.begin();
                    world.inFlight("A", (node, request) -> request.end());
                    world.inFlight("B", (node, request) -> request.rotate("ROTATEDBYB"));
                },
                world -> {
                    if (world.served("A")) {
                        assertThat(world.alive()).as("alive after logout").isZero();
                    }
                    assertThat(world.alive()).as("live ids").isLessThanOrEqualTo(1);
                });
    }

    @Test
    void creationOfOneIdByTwo() {
        exploreAll(
                "create/create",
                world -> {
                    for (String actor : List.of("A", "B")) {
                        Node node = new Node(world.schedule.storeOf(actor, world.store));
                        world.actor(actor, () -> {
                            node.begin(ID, session -> session.put(actor, "1"));
                            world.answered.put(actor, ID);
                        });
                    }
                },
                world -> {
                    for (String actor : List.of("A", "B")) {
                        if (world.served(actor)) {
                            assertThat(world.observer().read(ID, actor)).isEqualTo("1");
                        }
                    }
                });
    }

    @Test
    void creationWithRotationAgainstAnEarlyGuest() {
        exploreAll(
                "create+rotate/load",
                world -> {
                    Node node = new Node(world.schedule.storeOf("A", world.store));
                    world.actor("A", () -> {
                        try (Node.Request request = node.request(ID)) {
                            request.create();
                            request.save();
                            request.rotate("ROTATEDBYA");
                        }
                        world.answered.put("A", "ROTATEDBYA");
                    });
                    world.inFlight("B", (other, request) -> request.run(session -> session.put("b", "1")));
                },
                world -> {
                    if (world.served("A")) {
                        assertThat(world.alive()).isEqualTo(1);
                        assertThat(world.observer().knows(ID)).isFalse();
                        if (world.served("B")) {
                            assertThat(world.observer().read("ROTATEDBYA", "b")).isEqualTo("1");
                        }
                    }
                });
    }

    @Test
    void sweepsAgainstASaveOfAnExpiredSession() {
        exploreAll(
                "sweep/sweep/save",
                world -> {
                    world.begin();
                    world.pass(TIMEOUT.plus(Node.TOUCH_INTERVAL).plusSeconds(1));
                    for (String actor : List.of("A", "B")) {
                        Node node = new Node(world.schedule.storeOf(actor, world.store));
                        world.actor(actor, () -> {
                            node.engine.expire(10, Duration.ofMinutes(5), copy -> world.farewells.incrementAndGet());
                            world.answered.put(actor, "swept");
                        });
                    }
                    world.inFlight("C", (node, request) -> request.run(session -> session.put("c", "1")));
                },
                world -> {
                    assertThat(world.alive()).isZero();
                    assertThat(world.served("C")).isFalse();
                    assertThat(world.farewells.get()).isLessThanOrEqualTo(1);
                    if (world.served("A") && world.served("B")) {
                        assertThat(world.farewells.get()).as("farewells").isEqualTo(1);
                    }
                });
    }
}
