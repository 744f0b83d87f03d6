package dev.holdfast.session;

import static dev.holdfast.session.World.removes;
import static dev.holdfast.session.World.sets;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A session whose id is changed while others use it. */
final class RotationScenarios {
    private static final String ONE_ID = "exactly one id lives, and changes in flight go along";
    private static final String ONE_WINS = "one rotation wins, the others adopt its id, and the client's cookie works";

    private RotationScenarios() {}

    static List<Scenario> all() {
        return List.of(
                save(),
                twoRotations(),
                twoRotationsAndASave(),
                threeRotations(),
                withChanges(),
                removalElsewhere(),
                touch(),
                timeout());
    }

    static void checkRotated(World world, String actor, String newId) {
        assertThat(world.alive()).as("ids alive").isEqualTo(1);
        if (world.served(actor)) {
            assertThat(world.livingId()).contains(newId);
            assertThat(world.cookieOf(actor)).isEqualTo(newId);
        }
    }

    private static Consumer<Node.Request> rotates(World world, String actor) {
        return request -> world.rotate(request, "ROTATEDBY" + actor);
    }

    private static void checkCookies(World world, String... actors) {
        assertThat(world.alive()).as("ids alive").isEqualTo(1);
        Stream.of(actors).filter(world::served).forEach(actor -> {
            assertThat(world.livingId()).as("the cookie that %s gave", actor).contains(world.cookieOf(actor));
            assertThat(world.knows(World.ID)).as("old id alive").isFalse();
        });
    }

    private static Scenario save() {
        return Scenario.of(
                        "save/rotate",
                        ONE_ID,
                        world -> {
                            world.begin();
                            world.request("A", sets("a", "1"));
                            world.request("B", rotates(world, "B"));
                        },
                        world -> {
                            checkRotated(world, "B", "ROTATEDBYB");
                            world.checkKept("A", "a", "1");
                        })
                .withLosses(2);
    }

    private static Scenario twoRotations() {
        return Scenario.of(
                        "rotate/rotate",
                        ONE_WINS,
                        world -> {
                            world.begin();
                            world.request("A", rotates(world, "A"));
                            world.request("B", request -> {
                                request.run(session -> {
                                    session.put("b", "1");
                                    session.remove("zero");
                                });
                                world.rotate(request, "ROTATEDBYB");
                            });
                        },
                        world -> {
                            checkCookies(world, "A", "B");
                            world.checkKept("B", "b", "1");
                            if (world.served("B")) {
                                assertThat(world.read("zero"))
                                        .as("what B has removed")
                                        .isNull();
                            }
                        })
                .withLosses(2);
    }

    private static Scenario twoRotationsAndASave() {
        return Scenario.of(
                        "rotate/rotate/save",
                        ONE_WINS,
                        world -> {
                            world.begin();
                            world.request("A", rotates(world, "A"));
                            world.request("B", rotates(world, "B"));
                            world.request("C", sets("c", "1"));
                        },
                        world -> {
                            checkCookies(world, "A", "B");
                            world.checkKept("C", "c", "1");
                        })
                .withLosses(0);
    }

    private static Scenario threeRotations() {
        return Scenario.of(
                        "rotate/rotate/rotate",
                        ONE_WINS,
                        world -> {
                            world.begin();
                            List.of("A", "B", "C").forEach(actor -> world.request(actor, rotates(world, actor)));
                        },
                        world -> checkCookies(world, "A", "B", "C"))
                .withLosses(0);
    }

    private static Scenario withChanges() {
        return Scenario.of(
                "rotate with changes/save of the same and of others",
                "a rotation carries its changes along; on the same attribute the last save wins",
                world -> {
                    world.begin(session -> session.put("x", "nobody's"));
                    world.request(
                            "A",
                            request -> request.run(session -> {
                                session.put("x", "A's");
                                session.put("a", "1");
                            }));
                    world.request("B", request -> {
                        request.run(session -> {
                            session.put("x", "B's");
                            session.put("b", "1");
                        });
                        world.rotate(request, "ROTATEDBYB");
                    });
                },
                world -> {
                    checkRotated(world, "B", "ROTATEDBYB");
                    world.checkKept("A", "a", "1");
                    world.checkKept("B", "b", "1");
                    world.checkLastWriter(
                            last -> assertThat(world.read("x")).isEqualTo(last.isEmpty() ? "nobody's" : last + "'s"));
                });
    }

    private static Scenario removalElsewhere() {
        return Scenario.of(
                "rotate with a change/remove",
                "the later one wins",
                world -> {
                    world.begin(session -> session.put("x", "nobody's"));
                    world.request("A", removes("x"));
                    world.request("B", request -> {
                        request.run(session -> session.put("x", "B's"));
                        world.rotate(request, "ROTATEDBYB");
                    });
                },
                world -> {
                    checkRotated(world, "B", "ROTATEDBYB");
                    world.checkLastWriter(last -> assertThat(world.read("x"))
                            .isEqualTo(last.isEmpty() ? "nobody's" : last.equals("A") ? null : "B's"));
                });
    }

    private static Scenario touch() {
        return Scenario.of(
                "touch/rotate",
                "an access in flight is recorded where the session went",
                world -> {
                    world.begin();
                    world.pass(Node.TOUCH_INTERVAL.plusSeconds(1));
                    world.request("A", TouchScenarios::lasts);
                    world.request("B", rotates(world, "B"));
                },
                world -> {
                    checkRotated(world, "B", "ROTATEDBYB");
                    TouchScenarios.checkTouched(world, "A");
                    world.checkNotEnded("A");
                });
    }

    private static Scenario timeout() {
        return Scenario.of(
                "change of the time-out/rotate",
                "the changed time-out goes along, in the row as in the contents",
                world -> {
                    world.begin();
                    world.request("A", TouchScenarios.changesTimeout());
                    world.request("B", rotates(world, "B"));
                },
                world -> {
                    checkRotated(world, "B", "ROTATEDBYB");
                    TouchScenarios.checkTimeout(world, "A");
                });
    }
}
