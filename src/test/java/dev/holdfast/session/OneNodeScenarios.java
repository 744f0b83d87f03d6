package dev.holdfast.session;

import static dev.holdfast.session.World.sets;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Two requests on one node, which share their copy of the session, and mostly somebody elsewhere. */
final class OneNodeScenarios {
    private OneNodeScenarios() {}

    static List<Scenario> all() {
        return List.of(
                appends(),
                appendsAndSave(),
                setsOfOneAttribute(),
                setAndRemove(),
                olderObject(),
                saveAndLogout(),
                saveAndRotation(),
                failure());
    }

    /** What an application does between its steps: on one node, it matters in which order. */
    private static Consumer<Node.Request> later(World world, Consumer<Node.Request> application) {
        return request -> {
            world.pause("goes on");
            application.accept(request);
        };
    }

    private static List<Object> list(Object element) {
        return Collections.synchronizedList(new ArrayList<>(List.of(element)));
    }

    private static void beginWithList(World world) {
        world.begin(session -> session.put("list", list("one")));
    }

    private static void checkAppended(World world, String actor) {
        if (world.served(actor)) {
            assertThat(EngineTestBase.list(world.read("list"))).contains(actor);
        }
    }

    private static Scenario appends() {
        return Scenario.of(
                "one node: change in place/change in place",
                "requests of one node change the same object, and both changes survive",
                world -> {
                    beginWithList(world);
                    world.requestOn("N", "A", later(world, World.appends("list", "A")));
                    world.requestOn("N", "B", later(world, World.appends("list", "B")));
                },
                world -> {
                    checkAppended(world, "A");
                    checkAppended(world, "B");
                });
    }

    private static Scenario appendsAndSave() {
        return Scenario.of(
                        "one node: change in place/change in place, another: save",
                        "requests of one node change the same object, and all changes survive",
                        world -> {
                            beginWithList(world);
                            world.requestOn("N", "A", later(world, World.appends("list", "A")));
                            world.requestOn("N", "B", later(world, World.appends("list", "B")));
                            world.request("C", sets("c", "1"));
                        },
                        world -> {
                            checkAppended(world, "A");
                            checkAppended(world, "B");
                            world.checkKept("C", "c", "1");
                        })
                .withLosses(0);
    }

    private static Scenario setsOfOneAttribute() {
        return Scenario.of(
                        "one node: save/save of one attribute",
                        "what was set last in memory is what is stored",
                        world -> {
                            world.begin(session -> session.put("x", "nobody's"));
                            world.requestOn("N", "A", later(world, sets("x", "A's")));
                            world.requestOn("N", "B", later(world, sets("x", "B's")));
                        },
                        world -> {
                            if (world.nothingWasLost()) {
                                assertThat(world.read("x")).isEqualTo(world.story.lastToGoOn() + "'s");
                            } else if (world.served("A") || world.served("B")) {
                                assertThat(world.read("x")).isIn("A's", "B's");
                            }
                        })
                // One loss is repaired by asking again: only two make B fail after A was answered.
                .withLosses(2);
    }

    private static Scenario setAndRemove() {
        return Scenario.of(
                "one node: remove/save of one attribute",
                "what was done last in memory is what is stored",
                world -> {
                    world.begin(session -> session.put("x", "nobody's"));
                    world.requestOn("N", "A", later(world, World.removes("x")));
                    world.requestOn("N", "B", later(world, sets("x", "B's")));
                },
                world -> {
                    if (world.nothingWasLost()) {
                        assertThat(world.read("x"))
                                .isEqualTo(world.story.lastToGoOn().equals("A") ? null : "B's");
                    } else if (world.served("A") || world.served("B")) {
                        assertThat(world.read("x")).isIn(null, "B's");
                    }
                });
    }

    private static Scenario olderObject() {
        return Scenario.of(
                        "one node: change of an older object/read, another: save of that attribute",
                        "a change of the object that a request holds is saved, whatever has arrived meanwhile",
                        world -> {
                            beginWithList(world);
                            world.requestOn("N", "A", request -> {
                                List<Object> held = EngineTestBase.list(request.get("list"));
                                world.acknowledge("A", held.toString());
                                world.pause("goes on");
                                held.add("A");
                            });
                            world.requestOn("N", "B", request -> assertThat(request.get("list"))
                                    .isNotNull());
                            world.request("C", sets("list", list("C")));
                        },
                        world -> {
                            String held = world.acknowledged("A", "[C]") ? "C" : "one";
                            world.checkLastWriter(last -> {
                                if (world.served("A") && world.story.wroteBeforeGoingOn("C", "A")) {
                                    assertThat(last).isNotEqualTo("C");
                                }
                                // B uses the same object as A: it may be B who saves what A has done to it.
                                assertThat(world.read("list"))
                                        .isEqualTo(last.equals("C") ? List.of("C") : List.of(held, "A"));
                            });
                        })
                .withLosses(0);
    }

    private static Scenario saveAndLogout() {
        return Scenario.of(
                "one node: save/logout",
                "a logout that was answered is final",
                world -> {
                    world.begin();
                    world.requestOn("N", "A", later(world, sets("a", "1")));
                    world.requestOn("N", "B", later(world, world::end));
                },
                world -> EndingScenarios.checkDead(world, "B"));
    }

    private static Scenario saveAndRotation() {
        return Scenario.of(
                "one node: save/rotate",
                "exactly one id lives, and changes in flight go along",
                world -> {
                    world.begin();
                    world.requestOn("N", "A", later(world, sets("a", "1")));
                    world.requestOn("N", "B", later(world, request -> world.rotate(request, "ROTATEDBYB")));
                },
                world -> {
                    RotationScenarios.checkRotated(world, "B", "ROTATEDBYB");
                    world.checkKept("A", "a", "1");
                });
    }

    private static Scenario failure() {
        return Scenario.of(
                "one node: save, then failure/save",
                "of a request that fails, there is what was saved before, and nothing else",
                world -> {
                    world.begin();
                    world.requestOn("N", "A", request -> {
                        request.run(session -> session.put("early", "1"));
                        request.save();
                        world.acknowledge("A", "early");
                        world.pause("goes on");
                        request.run(session -> session.put("late", "1"));
                        world.pause("fails");
                        request.fail();
                        request.abandon();
                    });
                    world.requestOn("N", "B", later(world, sets("b", "1")));
                },
                world -> {
                    if (world.acknowledged("A", "early")) {
                        assertThat(world.read("early")).isEqualTo("1");
                    }
                    assertThat(world.read("late")).isNull();
                    world.checkKept("B", "b", "1");
                });
    }
}
