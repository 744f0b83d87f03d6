package dev.holdfast.session;

import java.util.function.Consumer;

/**
 * A few actors who use one session at the same time, and the law that holds whatever the order of their steps.
 *
 * @param name what meets what
 * @param law what must hold, in a sentence
 * @param losses how many lost questions or answers there may be for the orders to be still visited in moments
 * @param setUp begins a session and brings the actors in
 * @param check throws an {@link AssertionError} if the law does not hold in the end
 */
record Scenario(String name, String law, int losses, Consumer<World> setUp, Consumer<World> check) {
    /** With one loss at most. */
    static Scenario of(String name, String law, Consumer<World> setUp, Consumer<World> check) {
        return new Scenario(name, law, 1, setUp, check);
    }

    Scenario withLosses(int most) {
        return new Scenario(name, law, most, setUp, check);
    }
}
