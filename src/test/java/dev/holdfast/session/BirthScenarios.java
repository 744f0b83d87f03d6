package dev.holdfast.session;

import static dev.holdfast.session.World.sets;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Sessions that begin while others already ask for their id, or still use an older session of that id. */
final class BirthScenarios {
    private static final String ANOTHER = "an id that is born again belongs to another session";

    private BirthScenarios() {}

    static List<Scenario> all() {
        return List.of(
                ofOneIdByTwo(),
                withRotation(),
                neverInserted(),
                rotatedAndBegunElsewhere(),
                again("end, begin/save", sets("old", "1")),
                again("end, begin/touch", TouchScenarios::lasts),
                again("end, begin/change of the time-out", TouchScenarios.changesTimeout()),
                againOnOneNode(),
                againWithRotation());
    }

    private static Scenario ofOneIdByTwo() {
        return Scenario.of(
                        "create/create",
                        "two beginnings of one id are one session, and both changes survive",
                        world -> {
                            world.creation("A", sets("A", "1"));
                            world.creation("B", sets("B", "1"));
                        },
                        world -> {
                            world.checkKept("A", "A", "1");
                            world.checkKept("B", "B", "1");
                        })
                .withLosses(2);
    }

    private static Scenario withRotation() {
        return Scenario.of(
                "create, rotate/save",
                "exactly one id lives, and changes in flight go along",
                world -> {
                    world.creation("A", request -> {
                        request.save();
                        world.rotate(request, "ROTATEDBYA");
                    });
                    world.request("B", sets("b", "1"));
                },
                world -> {
                    if (world.served("A")) {
                        assertThat(world.livingId()).contains("ROTATEDBYA");
                    }
                    world.checkKept("B", "b", "1");
                });
    }

    private static Scenario neverInserted() {
        return Scenario.of(
                "create and rotate at once/look-up of both ids",
                "a session that was rotated before it was written has one id, and never had another",
                world -> {
                    world.creation("A", request -> {
                        request.run(session -> session.put("a", "1"));
                        world.rotate(request, "ROTATEDBYA");
                    });
                    world.request("B", sets("b", "1"));
                    world.requestOn("C", "C", "ROTATEDBYA", sets("c", "1"));
                },
                world -> {
                    assertThat(world.served("B")).as("the first id was alive").isFalse();
                    assertThat(world.livingId()).isNotEqualTo(Optional.of(World.ID));
                    world.checkKept("A", "a", "1");
                    world.checkKept("C", "c", "1");
                });
    }

    private static Scenario rotatedAndBegunElsewhere() {
        return Scenario.of(
                "create, rotate/create",
                "one id lives, and what was answered is there",
                world -> {
                    world.creation("A", request -> {
                        request.run(session -> session.put("a", "1"));
                        request.save();
                        world.rotate(request, "ROTATEDBYA");
                    });
                    world.creation("B", sets("b", "1"));
                    world.mayFail("B");
                },
                world -> {
                    world.checkKept("A", "a", "1");
                    world.checkKept("B", "b", "1");
                });
    }

    /** B ends the session and begins another one of the same id, as Tomcat does where the cookie's path is "/". */
    private static void endAndBegin(World world, String node) {
        Node on = world.node(node);
        world.actor("B", () -> {
            world.serve(on, "B", World.ID, world::end);
            world.create(on, "B", World.ID, request -> {
                request.run(session -> session.put("new", "1"));
                world.acknowledge("B", "begun");
            });
        });
    }

    private static void checkOnlyTheNewOne(World world) {
        if (world.served("B") && world.acknowledged("B", "begun")) {
            assertThat(world.observer().contents(World.ID)).contains(Map.of("new", "1"));
            assertThat(world.timeoutSeconds()).isEqualTo((int) World.TIMEOUT.toSeconds());
        }
    }

    private static Scenario again(String name, Consumer<Node.Request> other) {
        return Scenario.of(
                name,
                ANOTHER,
                world -> {
                    world.begin();
                    world.request("A", request -> {
                        request.run(session -> assertThat(session).hasSize(1));
                        other.accept(request);
                        world.acknowledge("A", String.valueOf(request.get("zero")));
                    });
                    endAndBegin(world, "B");
                },
                world -> {
                    // A may also be served by the new session, and change that one.
                    if (!world.acknowledged("A", "null")) {
                        checkOnlyTheNewOne(world);
                    }
                });
    }

    private static Scenario againOnOneNode() {
        return Scenario.of(
                "one node: end, begin/save",
                ANOTHER,
                world -> {
                    world.begin();
                    world.requestOn("N", "A", request -> {
                        world.acknowledge("A", String.valueOf(request.get("zero")));
                        world.pause("goes on");
                        request.run(session -> session.put("old", "1"));
                    });
                    endAndBegin(world, "N");
                },
                world -> {
                    if (!world.acknowledged("A", "null")) {
                        checkOnlyTheNewOne(world);
                    }
                });
    }

    private static Scenario againWithRotation() {
        return Scenario.of(
                "end, begin/rotate",
                ANOTHER,
                world -> {
                    world.begin();
                    world.request("A", request -> {
                        world.acknowledge("A", String.valueOf(request.get("zero")));
                        world.rotate(request, "ROTATEDBYA");
                    });
                    endAndBegin(world, "B");
                    // Where A rotated first, the old id points to the session it became: nobody else can have it yet.
                    world.mayFail("B");
                },
                world -> {
                    if (!world.acknowledged("A", "null")) {
                        checkOnlyTheNewOne(world);
                    }
                });
    }
}
