package dev.holdfast.session;

import static dev.holdfast.session.World.sets;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Accesses that are recorded, and time-outs that are changed, while others save. */
final class TouchScenarios {
    private static final Duration TOUCH_DUE = Node.TOUCH_INTERVAL.plusSeconds(1);
    private static final int SHORTER_SECONDS = 600;

    private TouchScenarios() {}

    static List<Scenario> all() {
        return List.of(touchAndSave(), lateTouchAndSave(), timeoutAndSave(), timeoutTouchAndSave());
    }

    /** A request that ends long after it has begun: another access is to be recorded. */
    static void lasts(Node.Request request) {
        request.session().orElseThrow().touchDueAt(System.nanoTime() - 1);
    }

    static Consumer<Node.Request> changesTimeout() {
        return request -> request.container().properties.put(ContainerState.TIMEOUT, SHORTER_SECONDS);
    }

    static void checkTimeout(World world, String actor) {
        if (world.served(actor) && world.livingId().isPresent()) {
            assertThat(world.timeoutSeconds()).as("time-out").isEqualTo(SHORTER_SECONDS);
            assertThat(world.row().orElseThrow().remaining())
                    .as("time left")
                    .isBetween(
                            Duration.ofSeconds(SHORTER_SECONDS - 60),
                            Duration.ofSeconds(SHORTER_SECONDS).plus(Node.TOUCH_INTERVAL));
        }
    }

    /** Whoever was served has recorded its access: the whole time-out lies ahead. */
    static void checkTouched(World world, String actor) {
        if (world.served(actor) && world.livingId().isPresent()) {
            assertThat(world.row().orElseThrow().remaining())
                    .as("time left after an access by " + actor)
                    .isGreaterThan(World.TIMEOUT);
        }
    }

    private static Scenario touchAndSave() {
        return Scenario.of(
                "touch/save",
                "a touch takes nothing back, and no save takes back a touch",
                world -> {
                    world.begin();
                    world.pass(TOUCH_DUE);
                    world.request(
                            "A", request -> assertThat(request.get("zero")).isEqualTo("0"));
                    world.request("B", sets("b", "1"));
                },
                world -> {
                    world.checkKept("B", "b", "1");
                    checkTouched(world, "A");
                    checkTouched(world, "B");
                });
    }

    private static Scenario lateTouchAndSave() {
        return Scenario.of(
                "touch at the end of a long request/save",
                "a touch takes nothing back, and no save takes back a touch",
                world -> {
                    world.begin();
                    world.pass(Node.TOUCH_INTERVAL.minusSeconds(10));
                    world.request("A", TouchScenarios::lasts);
                    world.request("B", sets("b", "1"));
                },
                world -> {
                    world.checkKept("B", "b", "1");
                    if (world.served("A")) {
                        assertThat(world.row().orElseThrow().remaining())
                                .as("time left")
                                .isGreaterThan(World.EXPIRY.minusSeconds(10));
                    }
                });
    }

    private static Scenario timeoutAndSave() {
        return Scenario.of(
                "change of the time-out/save",
                "the changed time-out counts, in the row as in the contents",
                world -> {
                    world.begin();
                    world.request("A", changesTimeout());
                    world.request("B", sets("b", "1"));
                },
                world -> {
                    checkTimeout(world, "A");
                    world.checkKept("B", "b", "1");
                });
    }

    private static Scenario timeoutTouchAndSave() {
        return Scenario.of(
                        "change of the time-out/touch/save",
                        "the changed time-out counts, in the row as in the contents",
                        world -> {
                            world.begin();
                            world.pass(TOUCH_DUE);
                            world.request("A", changesTimeout());
                            world.request("B", request -> assertThat(request.get("zero"))
                                    .isEqualTo("0"));
                            world.request("C", sets("c", "1"));
                        },
                        world -> {
                            checkTimeout(world, "A");
                            world.checkKept("C", "c", "1");
                        })
                .withLosses(0);
    }
}
