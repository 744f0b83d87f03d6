package dev.holdfast.cli;

import dev.holdfast.crypto.EnvelopeHead;
import dev.holdfast.crypto.KeyRing;
import dev.holdfast.store.TableInspection.SealedAlike;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the rows of a table are sealed with, held against the keys of this node. */
final class RowFindings {
    private static final String ROWS = "rows";

    private RowFindings() {}

    static void report(List<SealedAlike> counts, Optional<KeyRing> keys, Findings findings) {
        if (counts.isEmpty()) {
            findings.ok(ROWS, "there are none yet");
        }
        Set<String> inUse = new HashSet<>();
        for (SealedAlike rows : counts) {
            EnvelopeHead head = EnvelopeHead.of(rows.head());
            if (head instanceof EnvelopeHead.Encrypted encrypted) {
                inUse.add(encrypted.keyId());
                reportEncrypted(rows, encrypted.keyId(), keys, findings);
            } else if (head instanceof EnvelopeHead.Plaintext) {
                reportPlaintext(rows, keys, findings);
            } else {
                findings.wrong(
                        ROWS,
                        count(rows) + " in no form known here: damaged, or written by a newer version of Holdfast");
            }
        }
        keys.ifPresent(ring -> reportIdle(ring, inUse, findings));
    }

    private static void reportEncrypted(SealedAlike rows, String keyId, Optional<KeyRing> keys, Findings findings) {
        String sealed = count(rows) + " sealed with " + keyId;
        if (keys.isEmpty()) {
            findings.note(ROWS, sealed);
            return;
        }
        List<String> ids = keys.get().keyIds();
        if (ids.get(0).equals(keyId)) {
            findings.ok(ROWS, sealed + ", which seals");
        } else if (ids.contains(keyId)) {
            findings.ok(ROWS, sealed + ", which still opens: keep it until there are none");
        } else if (rows.alive() > 0) {
            findings.wrong(
                    ROWS, sealed + ", which this node does not have: add that key behind the first, on every node");
        } else {
            findings.note(ROWS, sealed + ", which this node does not have; no session is lost by that");
        }
    }

    private static void reportPlaintext(SealedAlike rows, Optional<KeyRing> keys, Findings findings) {
        String inClear = count(rows) + " in plaintext";
        if (keys.isPresent() && rows.alive() > 0) {
            findings.wrong(
                    ROWS,
                    inClear + ", which a node with keys refuses: some node has encryption=\"plaintext\", or had it;"
                            + " delete them or let them expire");
        } else {
            findings.note(ROWS, inClear);
        }
    }

    private static void reportIdle(KeyRing ring, Set<String> inUse, Findings findings) {
        List<String> ids = ring.keyIds();
        for (String id : ids.subList(1, ids.size())) {
            if (!inUse.contains(id)) {
                findings.note(
                        ROWS,
                        "none sealed with " + id + ": if that is the old key, its line may go, on every node;"
                                + " if it is the new one, it waits for keygen --promote");
            }
        }
    }

    private static String count(SealedAlike rows) {
        return String.format(
                Locale.ROOT, "%,d %s (%,d alive)", rows.rows(), rows.rows() == 1 ? "row" : "rows", rows.alive());
    }
}
