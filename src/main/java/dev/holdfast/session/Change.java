package dev.holdfast.session;

import dev.holdfast.codec.Encoding;
import dev.holdfast.codec.Fragment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request has changed, as it was encoded at one moment.
 *
 * @param units the changed entries with what they encode to
 * @param unchanged what was set anew and encodes to what stood there before
 * @param removed the entries that are gone, whether or not the row holds them
 * @param refused what could not be encoded
 * @param encodedAt the copy's count of saves when encoding began: whatever was saved since is newer than this
 */
record Change(
        Map<Unit, Fragment> units,
        Map<Unit, Fragment> unchanged,
        Set<String> removed,
        List<Encoding.Refusal> refused,
        long encodedAt) {
    /** This and one more changed entry. */
    Change and(Unit unit, Fragment fragment) {
        Map<Unit, Fragment> more = new LinkedHashMap<>(units);
        more.put(unit, fragment);
        return new Change(more, unchanged, removed, refused, encodedAt);
    }
}
