package dev.holdfast.bench.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A column of the table: one path again and again, or several in turn. */
public enum Workload {
    NONE("no session used", Path.NONE),
    READ("read", Path.READ),
    WRITE("write one small attribute", Path.WRITE),
    CART("change a cart in place", Path.CART),
    MIX(
            "mix: 4 read, 4 none, 1 write, 1 cart",
            Path.READ,
            Path.NONE,
            Path.READ,
            Path.NONE,
            Path.WRITE,
            Path.READ,
            Path.NONE,
            Path.READ,
            Path.NONE,
            Path.CART),
    /** Last, because it leaves so many sessions behind. */
    NEW("new session", Path.NEW);

    private final String title;
    private final List<Path> cycle;

    Workload(String title, Path... cycle) {
        this.title = title;
        this.cycle = List.of(cycle);
    }

    /** @throws IllegalArgumentException if there is none with this key */
    public static Workload of(String key) {
        return Arrays.stream(values())
                .filter(workload -> workload.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no path \"" + key + "\""));
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** The paths in the order in which a connection takes them. */
    public List<Path> cycle() {
        return cycle;
    }
}
