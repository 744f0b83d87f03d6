package dev.holdfast.session;

import dev.holdfast.codec.Encoding;
import dev.holdfast.codec.Fragment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request has changed, as it was encoded at one moment.
 *
 * @param units the changed entries with what they encode to
 * @param unchanged what was set anew and encodes to what stood there before
 * @param overruled older objects that were changed too, with what they encode to: for their entries something newer is saved
 * @param removed the entries that are gone, whether or not the row holds them
 * @param refused what could not be encoded
 * @param encodedAt the copy's count of saves when encoding began: whatever was saved since is newer than this
 */
record Change(
        Map<Unit, Fragment> units,
        Map<Unit, Fragment> unchanged,
        Map<Unit, List<Fragment>> overruled,
        Set<String> removed,
        List<Encoding.Refusal> refused,
        long encodedAt) {
    /** This, and what the same request did to older objects, which does not concern the same entries. */
    Change and(Change older) {
        Map<Unit, Fragment> both = new LinkedHashMap<>(units);
        both.putAll(older.units);
        Map<Unit, Fragment> neither = new LinkedHashMap<>(unchanged);
        neither.putAll(older.unchanged);
        Map<Unit, List<Fragment>> none = new LinkedHashMap<>(overruled);
        none.putAll(older.overruled);
        List<Encoding.Refusal> refusals = new ArrayList<>(refused);
        refusals.addAll(older.refused);
        return new Change(both, neither, none, removed, refusals, encodedAt);
    }

    /** This and more changed entries. */
    Change and(Map<Unit, Fragment> others) {
        Map<Unit, Fragment> more = new LinkedHashMap<>(units);
        more.putAll(others);
        return new Change(more, unchanged, overruled, removed, refused, encodedAt);
    }
}
