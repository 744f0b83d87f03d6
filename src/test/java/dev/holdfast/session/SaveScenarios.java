package dev.holdfast.session;

import static dev.holdfast.session.World.appends;
import static dev.holdfast.session.World.removes;
import static dev.holdfast.session.World.sets;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Requests on different nodes that change the attributes of one session at the same time. */
final class SaveScenarios {
    private SaveScenarios() {}

    static List<Scenario> all() {
        return List.of(
                different(),
                three(),
                same(),
                setBack(),
                removal(),
                sharedObject(),
                inPlace(),
                inPlaceTwice(),
                flushed(),
                reader(),
                readAfterAnswer());
    }

    private static Scenario different() {
        return Scenario.of(
                        "save/save",
                        "changes of different attributes all survive",
                        world -> {
                            world.begin();
                            world.request("A", sets("a", "1"));
                            world.request("B", sets("b", "1"));
                        },
                        world -> {
                            assertThat(world.read("zero")).isEqualTo("0");
                            world.checkKept("A", "a", "1");
                            world.checkKept("B", "b", "1");
                        })
                .withLosses(2);
    }

    private static Scenario three() {
        List<String> everybody = List.of("A", "B", "C");
        return Scenario.of(
                        "save/save/save",
                        "changes of different attributes all survive",
                        world -> {
                            world.begin();
                            everybody.forEach(actor -> world.request(actor, sets(actor, "1")));
                        },
                        world -> {
                            assertThat(world.read("zero")).isEqualTo("0");
                            everybody.forEach(actor -> world.checkKept(actor, actor, "1"));
                        })
                .withLosses(0);
    }

    private static Scenario same() {
        return Scenario.of(
                "save/save of one attribute",
                "the last save wins",
                world -> {
                    world.begin(session -> session.put("x", "nobody's"));
                    world.request("A", sets("x", "A's"));
                    world.request("B", sets("x", "B's"));
                },
                world -> {
                    world.checkLastWriter(
                            last -> assertThat(world.read("x")).isEqualTo(last.isEmpty() ? "nobody's" : last + "'s"));
                });
    }

    private static Scenario setBack() {
        return Scenario.of(
                "save of an attribute that was set back/save of it",
                "what was set back counts as set where the row has changed meanwhile: the last save wins",
                world -> {
                    world.begin(session -> session.put("x", "nobody's"));
                    world.request(
                            "A",
                            request -> request.run(session -> {
                                session.put("x", "A's");
                                session.put("x", "nobody's");
                                session.put("a", "1");
                            }));
                    world.request("B", sets("x", "B's"));
                },
                world -> {
                    world.checkKept("A", "a", "1");
                    world.checkLastWriter(
                            last -> assertThat(world.read("x")).isEqualTo(last.equals("B") ? "B's" : "nobody's"));
                });
    }

    private static Scenario removal() {
        return Scenario.of(
                "remove/save of one attribute",
                "the later one wins, and is all that happens to the session",
                world -> {
                    world.begin(session -> {
                        session.put("x", "nobody's");
                        session.put("y", "stays");
                    });
                    world.request("A", removes("x"));
                    world.request("B", sets("x", "B's"));
                },
                world -> {
                    world.checkLastWriter(last -> assertThat(world.read("x"))
                            .isEqualTo(last.isEmpty() ? "nobody's" : last.equals("A") ? null : "B's"));
                    assertThat(world.read("y")).isEqualTo("stays");
                });
    }

    private static Scenario sharedObject() {
        return Scenario.of(
                "save of one name/change of an object that two names share",
                "names that share an object count as one attribute: the last save wins, and none is torn",
                world -> {
                    world.begin(session -> {
                        List<String> list = new ArrayList<>(List.of("one"));
                        session.put("x", list);
                        session.put("y", list);
                    });
                    world.request("A", sets("x", "A's"));
                    world.request("B", appends("y", "B's"));
                },
                world -> {
                    Object x = world.read("x");
                    Object y = world.read("y");
                    List<String> changed = List.of("one", "B's");
                    world.checkLastWriter(last -> {
                        switch (last) {
                            case "A" -> {
                                assertThat(x).isEqualTo("A's");
                                assertThat(y).isIn(List.of("one"), changed);
                            }
                            case "B" -> {
                                assertThat(x).isIn("A's", changed);
                                assertThat(y).isEqualTo(changed);
                            }
                            default -> assertThat(y).isEqualTo(List.of("one"));
                        }
                    });
                    if (x instanceof List<?>) {
                        assertThat(world.isOneObject("x", "y"))
                                .as("x and y are one object")
                                .isTrue();
                    }
                });
    }

    private static Scenario inPlace() {
        return Scenario.of(
                "change in place/save of another attribute",
                "an object changed without setAttribute is saved like any other change",
                world -> {
                    world.begin(session -> session.put("list", new ArrayList<>(List.of("one"))));
                    world.request("A", appends("list", "A's"));
                    world.request("B", sets("b", "1"));
                },
                world -> {
                    world.checkKept("A", "list", List.of("one", "A's"));
                    world.checkKept("B", "b", "1");
                });
    }

    private static Scenario inPlaceTwice() {
        return Scenario.of(
                "change in place/change in place",
                "the last save wins, with what it had found",
                world -> {
                    world.begin(session -> session.put("list", new ArrayList<>(List.of("one"))));
                    world.request("A", appends("list", "A"));
                    world.request("B", appends("list", "B"));
                },
                world -> {
                    world.checkLastWriter(last -> {
                        String other = last.equals("A") ? "B" : "A";
                        assertThat(world.read("list"))
                                .isIn(
                                        last.isEmpty() ? List.of("one") : List.of("one", last),
                                        List.of("one", other, last));
                    });
                });
    }

    private static Scenario flushed() {
        return Scenario.of(
                "save, save/save",
                "what was saved before the first byte stays, even if the request fails afterwards",
                world -> {
                    world.begin();
                    world.request("A", request -> {
                        request.run(session -> session.put("early", "1"));
                        request.save();
                        world.acknowledge("A", "early");
                        request.run(session -> session.put("late", "1"));
                    });
                    world.request("B", sets("b", "1"));
                },
                world -> {
                    if (world.acknowledged("A", "early")) {
                        assertThat(world.read("early")).isEqualTo("1");
                    }
                    world.checkKept("A", "late", "1");
                    world.checkKept("B", "b", "1");
                });
    }

    private static Scenario reader() {
        return Scenario.of(
                "read/change in place",
                "a reader writes nothing",
                world -> {
                    world.begin(session -> session.put("list", new ArrayList<>(List.of("one"))));
                    world.request(
                            "A", request -> assertThat(request.get("list")).isNotNull());
                    world.request("B", appends("list", "B's"));
                },
                world -> {
                    assertThat(world.story.has(event -> event.actor().equals("A") && event.wrote()))
                            .as("the reader wrote")
                            .isFalse();
                    world.checkKept("B", "list", List.of("one", "B's"));
                });
    }

    private static Scenario readAfterAnswer() {
        return Scenario.of(
                "save/read",
                "who asks after the answer sees the change",
                world -> {
                    world.begin(session -> session.put("a", "0"));
                    world.request("A", sets("a", "1"));
                    world.request("B", request -> world.acknowledge("B", String.valueOf(request.get("a"))));
                },
                world -> {
                    int answered = world.story.answer("A");
                    int asked = world.story.first(event -> event.actor().equals("B")
                            && event.what().equals("load")
                            && event.outcome().equals("found"));
                    if (answered >= 0 && answered < asked && world.served("B")) {
                        assertThat(world.acknowledged("B", "1")).isTrue();
                    }
                });
    }
}
