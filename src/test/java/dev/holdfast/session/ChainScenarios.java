package dev.holdfast.session;

import static dev.holdfast.session.World.sets;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;

/** A FORM login rotates twice, in two requests: what is in flight has a chain to follow. */
final class ChainScenarios {
    private static final String FIRST = "FIRSTBYB";
    private static final String SECOND = "SECONDBYB";

    private ChainScenarios() {}

    static List<Scenario> all() {
        return List.of(save(), touch(), logout(), rotation(), ofOneRequest(), saveAndLogout());
    }

    private static void login(World world) {
        Node node = world.node("B");
        world.actor("B", () -> {
            world.serve(node, "B", World.ID, request -> world.rotate(request, FIRST));
            world.serve(node, "B", FIRST, request -> world.rotate(request, SECOND));
        });
    }

    private static Scenario with(String name, String law, Consumer<Node.Request> other, Consumer<World> check) {
        return Scenario.of(
                name,
                law,
                world -> {
                    world.begin();
                    login(world);
                    world.request("A", other);
                },
                world -> {
                    if (world.nothingWasLost()) {
                        assertThat(world.alive()).as("ids alive").isEqualTo(1);
                        assertThat(world.livingId()).contains(SECOND);
                    }
                    check.accept(world);
                });
    }

    private static Scenario save() {
        return with(
                        "rotate, rotate/save",
                        "a save in flight follows the session along the chain",
                        sets("a", "1"),
                        world -> world.checkKept("A", "a", "1"))
                .withLosses(1);
    }

    private static Scenario touch() {
        return with(
                "rotate, rotate/touch",
                "a touch in flight follows the session along the chain, and takes nothing back",
                TouchScenarios::lasts,
                world -> {
                    assertThat(world.alive()).isEqualTo(1);
                    world.checkNotEnded("A");
                });
    }

    private static Scenario logout() {
        return Scenario.of(
                "rotate, rotate/logout",
                "a logout in flight follows the session along the chain",
                world -> {
                    world.begin();
                    login(world);
                    world.request("A", world::end);
                },
                world -> EndingScenarios.checkDead(world, "A"));
    }

    private static Scenario rotation() {
        return Scenario.of(
                "rotate, rotate/rotate",
                "one id lives, and somebody was given it",
                world -> {
                    world.begin();
                    login(world);
                    world.request("A", request -> world.rotate(request, "ROTATEDBYA"));
                },
                world -> {
                    assertThat(world.alive()).as("ids alive").isEqualTo(1);
                    if (world.nothingWasLost()) {
                        assertThat(world.livingId().orElseThrow()).isIn(world.cookieOf("A"), world.cookieOf("B"));
                    }
                });
    }

    private static Scenario ofOneRequest() {
        return Scenario.of(
                "rotate, change, rotate in one request/save",
                "a save in flight follows the session along the chain",
                world -> {
                    world.begin();
                    world.request("B", request -> {
                        world.rotate(request, FIRST);
                        request.run(session -> session.put("b", "1"));
                        world.rotate(request, SECOND);
                    });
                    world.request("A", sets("a", "1"));
                },
                world -> {
                    RotationScenarios.checkRotated(world, "B", SECOND);
                    world.checkKept("A", "a", "1");
                    world.checkKept("B", "b", "1");
                });
    }

    private static Scenario saveAndLogout() {
        return Scenario.of(
                        "rotate, rotate/save/logout",
                        "a logout in flight follows the session along the chain",
                        world -> {
                            world.begin();
                            login(world);
                            world.request("A", world::end);
                            world.request("C", sets("c", "1"));
                        },
                        world -> EndingScenarios.checkDead(world, "A"))
                .withLosses(0);
    }
}
