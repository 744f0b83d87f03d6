package dev.holdfast.breakage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.dynamic.ClassFileLocator;

/**
 * The ways in which the product is broken on purpose. Each violates one law of the design, as real programs do violate it; nothing
 * of it is in the product, whose classes are rewritten in a copy.
 */
public enum Breakage {
    SAVE_AFTER_RESPONSE(1, "Everything is saved only once the response has left.", VisibilityEdits.saveAfterResponse()),
    CHANGES_AFTER_COMMIT_DROPPED(
            1,
            "What changes after the first byte is not saved before the response ends.",
            VisibilityEdits.changesAfterCommitDropped()),
    FAILED_SAVE_ANSWERED(1, "A save that failed is no 503: the page goes out.", VisibilityEdits.failedSaveAnswered()),

    NO_MERGE(2, "On a conflict this node's whole picture goes over the other's.", ChangeEdits.noMerge()),
    CONFLICT_GIVEN_UP(2, "On a conflict the change is dropped, and answered as saved.", ChangeEdits.conflictGivenUp()),
    REVISION_IGNORED(2, "A save does not ask whether the row has changed meanwhile.", ChangeEdits.revisionIgnored()),
    OWN_COPY_TRUSTED(
            2, "A node that holds a copy of the session does not ask the database.", ChangeEdits.ownCopyTrusted()),
    TORN_SAVE(2, "Of several attributes that a request changes the last one is not saved.", ChangeEdits.tornSave()),
    READER_WRITES(3, "Each mutable attribute that a request looked at counts as changed.", ChangeEdits.readerWrites()),
    IN_PLACE_UNSEEN(12, "Only setAttribute counts as a change.", ChangeEdits.inPlaceUnseen()),

    UPSERT(4, "A save that finds no row inserts one.", EndEdits.upsert()),
    LOGOUT_STAYS_HERE(4, "An invalidation ends this node's copy and leaves the row.", EndEdits.logoutStaysHere()),
    LOST_ANSWER_RETRIED(
            4, "A save whose answer was lost is sent again, and merged twice.", EndEdits.lostAnswerRetried()),

    OLD_ID_LIVES_ON(5, "A rotation leaves the old row as it was.", RotationEdits.oldIdLivesOn()),
    TOMBSTONE_NOT_FOLLOWED(
            5,
            "A save in flight takes a session that has moved for one that is gone.",
            RotationEdits.tombstoneNotFollowed()),
    LOGOUT_STOPS_AT_TOMBSTONE(
            5, "A logout in flight does not reach a session that has moved.", RotationEdits.logoutStopsAtTombstone()),
    ROTATION_IN_TWO_STEPS(
            5, "A rotation inserts the new row, and then deletes the old one.", RotationEdits.inTwoSteps()),
    ROTATION_NOT_EXCLUSIVE(5, "Of two rotations at once both succeed: two ids live.", RotationEdits.notExclusive()),
    LOSER_ROTATES_AGAIN(
            5, "A rotation that lost does not adopt the winner's id but changes it again.", RotationEdits.loserAgain()),

    OUTAGE_IS_ABSENCE(6, "A store that cannot be asked counts as one that has no session.", EndEdits.outageIsAbsence()),

    SWEEP_WITHOUT_CLAIM(
            9, "Every node that finds an expired session tells the listeners.", ExpiryEdits.sweepWithoutClaim()),
    SWEEP_TELLS_NOBODY(9, "Expired sessions are deleted without a word.", ExpiryEdits.sweepTellsNobody()),
    EVERY_LOGOUT_TELLS(
            9, "An invalidation tells the listeners also where another one was first.", ExpiryEdits.everyLogoutTells()),
    TOUCH_NEVER_WRITTEN(11, "That a session is being read does not keep it alive.", ExpiryEdits.touchNeverWritten()),
    IDLE_COPY_EXPIRES(11, "A node ends a session because its own copy looks idle.", ExpiryEdits.idleCopyExpires()),
    EXPIRED_STILL_SERVED(
            11, "An expired session is served, and revived, until it is swept.", ExpiryEdits.expiredStillServed());

    private final int law;
    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of, of edits that never change
    private final List<ClassEdit> edits;

    Breakage(int law, String sentence, List<ClassEdit> edits) {
        this.law = law;
        this.sentence = sentence;
        this.edits = edits;
    }

    /** The number of the law that it violates first of all. */
    public int law() {
        return law;
    }

    /** What the product does wrong. */
    public String sentence() {
        return sentence;
    }

    /**
     * The rewritten classes by name.
     *
     * @param original finds the product's class files
     * @throws OutdatedBreakageException if the product has not what is to be broken
     */
    public Map<String, byte[]> classes(ClassFileLocator original) {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (ClassEdit edit : edits) {
            try {
                ClassFileLocator.Resolution found = original.locate(edit.className());
                if (!found.isResolved()) {
                    throw new OutdatedBreakageException("there is no " + edit.className() + " any more");
                }
                classes.put(edit.className(), edit.applyTo(found.resolve()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return classes;
    }
}
