package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Found;
import dev.holdfast.it.history.Operation.Write;
import java.util.Optional;

/**
 * An attribute that one client alone changes, and how far it has got. After a change of unknown fate the client leaves it
 * and takes another, so that what may happen later cannot be taken for an error. Not safe for use by several threads.
 */
final class Key {
    private static final int MISMATCHES = 3;
    private static final int VERSIONS = 60;

    private final String name;
    private final Kind kind;
    private long version;
    private int mismatches;
    private boolean abandoned;

    Key(String name, Kind kind) {
        this(name, kind, 0);
    }

    /** A key whose numbers begin behind this one. */
    Key(String name, Kind kind, long version) {
        this.name = name;
        this.kind = kind;
        this.version = version;
    }

    /** In which way it is changed. */
    enum Kind {
        /** An immutable number, read and set anew. */
        INCREMENT(true),
        /** A mutable number, changed in place. */
        BUMP(true),
        /** A list, appended to in place. */
        APPEND(true),
        /** A short text, set without a look. */
        SET(false),
        /** A text larger than what PostgreSQL keeps in a row. */
        LARGE(false),
        /** Set and removed in turn. */
        FLAG(false);

        private final boolean guarded;

        Kind(boolean guarded) {
            this.guarded = guarded;
        }

        /** Whether a change happens only where the one before it is seen. */
        boolean isGuarded() {
            return guarded;
        }

        boolean removesAt(long version) {
            return this == FLAG && version % 2 == 0;
        }

        String step(String key, long version) {
            return switch (this) {
                case INCREMENT -> "increment:" + key + ":" + (version - 1);
                case BUMP -> "bump:" + key + ":" + (version - 1);
                case APPEND -> "append:" + key + ":" + (version - 1);
                case SET, FLAG -> "set:" + key + ":v" + version;
                case LARGE -> "large:" + key + ":" + version;
            };
        }

        /** The kind of a key of this name. */
        static Kind of(String name) {
            return valueOf(name.split("\\.")[2]);
        }
    }

    String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    long version() {
        return version;
    }

    boolean isAbandoned() {
        return abandoned || version >= VERSIONS;
    }

    /** Takes note of what became of one of its changes. */
    void follow(Operation operation, long attempted) {
        Optional<Write> write = operation.writes().stream()
                .filter(w -> w.key().equals(name) && w.version() == attempted)
                .findFirst();
        if (write.isEmpty()) {
            if (operation.found() == Found.SESSION && operation.wasShown()) {
                abandoned |= ++mismatches >= MISMATCHES;
            }
        } else if (write.get().acknowledged() == Operation.NEVER) {
            abandoned = true;
            version = attempted;
        } else {
            version = attempted;
            mismatches = 0;
        }
    }
}
