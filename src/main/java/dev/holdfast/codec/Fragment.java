package dev.holdfast.codec;

import java.util.Arrays;
import java.util.List;

/**
 * The encoded form of one entry of a session, or of several that share a mutable object and therefore travel as one graph.
 * Immutable by agreement: nobody changes the array.
 *
 * @param names the entries, in sorted order, never empty
 * @param flags what must be known of the values without decoding them; the meaning is the caller's
 * @param bytes the encoded graph
 */
public record Fragment(List<String> names, int flags, byte[] bytes) {
    public Fragment {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a fragment has at least one name");
        }
    }

    /** Same names, same flags, same bytes. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Fragment that
                        && flags == that.flags
                        && names.equals(that.names)
                        && Arrays.equals(bytes, that.bytes));
    }

    @Override
    public int hashCode() {
        return 31 * names.hashCode() + Arrays.hashCode(bytes);
    }

    /** Shows the number of entries and bytes: names and values are secrets. */
    @Override
    public String toString() {
        return "Fragment[" + names.size() + " entries, " + bytes.length + " bytes]";
    }
}
