package dev.holdfast.demo;

import dev.holdfast.it.holdfast.Row;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a request did to the session's row, told from the row before and after alone. */
final class Effect {
    private Effect() {}

    /**
     * In words.
     *
     * @param before the row before the request, if there was one
     * @param after the row of the session that the client has now, if there is one
     */
    static String between(@Nullable Row before, @Nullable Row after) {
        if (after == null || after.isTombstone()) {
            return before == null || before.isTombstone() ? "no row" : "the row is gone";
        }
        if (before == null || before.isTombstone()) {
            return "a new row, " + after.bytes("base").length + " bytes sealed";
        }
        if (!Arrays.equals(before.bytes("id_hash"), after.bytes("id_hash"))) {
            return "the row moved to the new id, in one transaction";
        }
        if (before.number("revision") == after.number("revision")) {
            boolean touched = !before.text("accessed_at").equals(after.text("accessed_at"));
            return touched ? "only the time of access was written" : "the row was read, nothing was written";
        }
        int delta = after.optionalBytes("delta").map(bytes -> bytes.length).orElse(0);
        return delta > 0 && Arrays.equals(before.bytes("base"), after.bytes("base"))
                ? "written: " + delta + " bytes of changes, beside an untouched base"
                : "written: " + after.bytes("base").length + " bytes sealed anew";
    }
}
