package dev.holdfast.bench;

import java.util.Locale;

/** What can be run: {@code -Dbench.run=...}. */
public enum Run {
    /** The main table: every contestant, every path, rounds that alternate. */
    TABLE,
    /** Two nodes in turn, a write between reads, so that no copy is ever current. */
    TWO_NODES,
    /** Reads after a restart: nothing is in memory. */
    COLD,
    /** A million small writes, and what they do to the table. */
    WRITES,
    /** Ten thousand rows against ten million. */
    SIZE,
    /** A sweep of expired sessions, and what foreground requests notice of it. */
    SWEEP,
    /** Codec and cipher alone. */
    JMH;

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
