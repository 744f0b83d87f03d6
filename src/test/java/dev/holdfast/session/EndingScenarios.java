package dev.holdfast.session;

import static dev.holdfast.session.World.sets;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** A session that is ended while others use it. */
final class EndingScenarios {
    private static final String FINAL = "a logout that was answered is final, wherever the session went";

    private EndingScenarios() {}

    static List<Scenario> all() {
        return List.of(save(), twoSaves(), logout(), rotation(), rotationAndSave(), touch());
    }

    static void checkDead(World world, String whoLoggedOut) {
        if (world.served(whoLoggedOut)) {
            assertThat(world.alive()).as("alive after logout").isZero();
        }
    }

    private static Scenario save() {
        return Scenario.of(
                        "save/logout",
                        FINAL,
                        world -> {
                            world.begin();
                            world.request("A", sets("a", "1"));
                            world.request("B", world::end);
                        },
                        world -> checkDead(world, "B"))
                .withLosses(2);
    }

    private static Scenario twoSaves() {
        return Scenario.of(
                        "save/save/logout",
                        FINAL,
                        world -> {
                            world.begin();
                            world.request("A", sets("a", "1"));
                            world.request("B", world::end);
                            world.request("C", sets("c", "1"));
                        },
                        world -> checkDead(world, "B"))
                .withLosses(0);
    }

    private static Scenario logout() {
        return Scenario.of(
                "logout/logout",
                "of two logouts, one tells the listeners",
                world -> {
                    world.begin();
                    world.request("A", world::end);
                    world.request("B", world::end);
                },
                world -> {
                    checkDead(world, "A");
                    checkDead(world, "B");
                    if (world.nothingWasLost()) {
                        assertThat(world.farewells).as("farewells").hasValue(1);
                    }
                });
    }

    private static Scenario rotation() {
        return Scenario.of(
                        "logout/rotate",
                        FINAL,
                        world -> {
                            world.begin();
                            world.request("A", world::end);
                            world.request("B", request -> world.rotate(request, "ROTATEDBYB"));
                        },
                        world -> checkDead(world, "A"))
                .withLosses(2);
    }

    private static Scenario rotationAndSave() {
        return Scenario.of(
                        "logout/rotate/save",
                        FINAL,
                        world -> {
                            world.begin();
                            world.request("A", world::end);
                            world.request("B", request -> world.rotate(request, "ROTATEDBYB"));
                            world.request("C", sets("c", "1"));
                        },
                        world -> checkDead(world, "A"))
                .withLosses(0);
    }

    private static Scenario touch() {
        return Scenario.of(
                "logout/touch",
                FINAL,
                world -> {
                    world.begin();
                    world.pass(Node.TOUCH_INTERVAL.plusSeconds(1));
                    world.request("A", world::end);
                    world.request("B", TouchScenarios::lasts);
                },
                world -> checkDead(world, "A"));
    }
}
