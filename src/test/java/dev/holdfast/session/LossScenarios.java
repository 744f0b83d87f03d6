package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What must not be made of a question or an answer that was lost. */
final class LossScenarios {
    private LossScenarios() {}

    static List<Scenario> all() {
        return List.of(twoReaders(), changeOnTopOfAChange());
    }

    private static Scenario twoReaders() {
        return Scenario.of(
                "read/read",
                "a store that cannot be asked is no absent session",
                world -> {
                    world.begin();
                    for (String actor : List.of("A", "B")) {
                        world.request(actor, request -> request.get("zero"));
                    }
                },
                world -> {
                    for (String actor : List.of("A", "B")) {
                        assertThat(world.answered(actor) && !world.served(actor))
                                .as("%s was told that there is no session", actor)
                                .isFalse();
                    }
                });
    }

    private static Scenario changeOnTopOfAChange() {
        return Scenario.of(
                "change/change of what was found",
                "who has found the other's change is not undone by it: what was saved is not saved again",
                world -> {
                    world.begin(session -> session.put("list", new ArrayList<>(List.of("one"))));
                    for (String actor : List.of("A", "B")) {
                        world.request(actor, appendsAndTells(world, actor));
                    }
                },
                world -> {
                    for (String actor : List.of("A", "B")) {
                        List<String> both = List.of("one", actor.equals("A") ? "B" : "A", actor);
                        if (world.served(actor) && world.acknowledged(actor, both.toString())) {
                            assertThat(world.read("list")).isEqualTo(both);
                        }
                    }
                });
    }

    private static Consumer<Node.Request> appendsAndTells(World world, String actor) {
        return request -> request.run(session -> {
            List<Object> list = EngineTestBase.list(session.get("list"));
            list.add(actor);
            world.acknowledge(actor, list.toString());
        });
    }
}
