package dev.holdfast.bench.contestant;

import java.util.List;

/** All that can be compared, in the order of the table. */
public final class Contestants {
    private Contestants() {}

    /** New ones, for one round or for one look. */
    public static List<Contestant> all() {
        return List.of(
                new Memory(), new Floor(), new Holdfast(), new SpringSession(), new Persistent(), new Redisson());
    }

    /** @throws IllegalArgumentException if there is none with this key */
    public static Contestant of(String key) {
        return all().stream()
                .filter(contestant -> contestant.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contestant \"" + key + "\""));
    }
}
