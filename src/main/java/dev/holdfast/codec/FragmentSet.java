package dev.holdfast.codec;

import java.util.List;

/**
 * The plain form of a row's part: the fragments in it, and for a delta the names that are no longer there.
 *
 * @param fragments the older first: where two carry the same name, the newer counts for it
 * @param removed names that the base has and the session no longer; empty in a base
 */
public record FragmentSet(List<Fragment> fragments, List<String> removed) {
    public FragmentSet {
        fragments = List.copyOf(fragments);
        removed = List.copyOf(removed);
    }
}
