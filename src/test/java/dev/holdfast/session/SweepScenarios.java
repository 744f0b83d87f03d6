package dev.holdfast.session;

import static dev.holdfast.session.World.sets;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Sessions that expire while others use them. */
final class SweepScenarios {
    private static final Duration MOMENT = Duration.ofSeconds(20);

    private SweepScenarios() {}

    static List<Scenario> all() {
        return List.of(expired(), touchAndSave(), twoSweeps(), lateTouch(), logout(), rotation());
    }

    private static Scenario expired() {
        return Scenario.of(
                "sweep/sweep/save",
                "an expired session is dead to every request, and told farewell once",
                world -> {
                    world.begin();
                    world.pass(World.EXPIRY.plusSeconds(1));
                    world.sweep("A");
                    world.sweep("B");
                    world.request("C", sets("c", "1"));
                },
                world -> {
                    assertThat(world.alive()).isZero();
                    assertThat(world.served("C")).isFalse();
                    assertThat(world.farewells.get()).isLessThanOrEqualTo(1);
                    if (world.answered("A") && world.answered("B")) {
                        assertThat(world.farewells.get()).as("farewells").isEqualTo(1);
                    }
                });
    }

    /** A session at the end of its life, time that passes at any moment, and one who uses it. */
    private static void atTheEnd(World world, Consumer<Node.Request> application) {
        world.begin();
        world.pass(World.EXPIRY.minus(MOMENT.dividedBy(2)));
        world.time(MOMENT);
        world.request("A", application);
    }

    private static void checkAliveOrDestroyedOnce(World world) {
        boolean touched = world.story.has(event -> event.actor().equals("A")
                && event.what().equals("touch")
                && event.outcome().startsWith("true"));
        if (touched) {
            assertThat(world.alive()).as("alive after a touch").isEqualTo(1);
        }
        assertThat(world.alive() + world.farewells.get())
                .as("alive or told farewell, and not both")
                .isLessThanOrEqualTo(1);
    }

    private static Scenario touchAndSave() {
        return Scenario.of(
                "sweep/time/touch, save",
                "a session that was touched in time lives on with what is saved; one that was not is told farewell once",
                world -> {
                    atTheEnd(world, sets("a", "1"));
                    world.sweep("S");
                },
                world -> {
                    checkAliveOrDestroyedOnce(world);
                    world.checkKept("A", "a", "1");
                });
    }

    private static Scenario twoSweeps() {
        return Scenario.of(
                        "sweep/sweep/time/touch, save",
                        "a session that was touched in time lives on with what is saved; one that was not is told farewell once",
                        world -> {
                            atTheEnd(world, sets("a", "1"));
                            world.sweep("S");
                            world.sweep("T");
                        },
                        world -> {
                            checkAliveOrDestroyedOnce(world);
                            world.checkKept("A", "a", "1");
                        })
                .withLosses(0);
    }

    private static Scenario lateTouch() {
        return Scenario.of(
                "sweep/time/touch at the end of a long request",
                "a session that was touched in time lives on; one that was not is told farewell once",
                world -> {
                    atTheEnd(world, TouchScenarios::lasts);
                    world.sweep("S");
                },
                SweepScenarios::checkAliveOrDestroyedOnce);
    }

    private static Scenario logout() {
        return Scenario.of(
                "sweep/time/logout",
                "a session that ends by logout or by expiry is told farewell once",
                world -> {
                    atTheEnd(world, world::end);
                    world.sweep("S");
                },
                world -> {
                    if (world.nothingWasLost()) {
                        assertThat(world.alive() + world.farewells.get())
                                .as("alive or told farewell, and not both")
                                .isLessThanOrEqualTo(1);
                    }
                    EndingScenarios.checkDead(world, "A");
                });
    }

    private static Scenario rotation() {
        return Scenario.of(
                "sweep/time/rotate",
                "a session that was rotated in time lives on; one that was not is told farewell once",
                world -> {
                    atTheEnd(world, request -> world.rotate(request, "ROTATEDBYA"));
                    world.sweep("S");
                },
                SweepScenarios::checkAliveOrDestroyedOnce);
    }
}
