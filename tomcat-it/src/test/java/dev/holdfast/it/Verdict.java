package dev.holdfast.it;

import static dev.holdfast.it.history.Violation.Kind.*;

import dev.holdfast.breakage.Breakage;
import dev.holdfast.it.history.Violation.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be found when the product is broken in one point.
 *
 * @param story the story that ends in another way
 * @param sign what the checker must report; empty where only a story shows it
 * @param possible what it may report: the sign, and what follows from the same fault
 * @param duration how long the clients work in one run
 * @param faults whether it shows only when something fails
 */
record Verdict(LawStory story, Optional<Kind> sign, Set<Kind> possible, Duration duration, boolean faults) {
    private static final Duration SHORT = Duration.ofSeconds(12);
    private static final Duration LONG = Duration.ofSeconds(30);

    private static Verdict of(LawStory story, Kind sign, Kind... consequences) {
        return new Verdict(story, Optional.of(sign), EnumSet.of(sign, consequences), SHORT, false);
    }

    /** A client of the checker sees it only by a coincidence that none of them brings about. */
    private static Verdict onlyIn(LawStory story) {
        return new Verdict(story, Optional.empty(), EnumSet.noneOf(Kind.class), SHORT, false);
    }

    /** Sessions must have expired, and all nodes have swept. */
    private Verdict afterAWhile() {
        return new Verdict(story, sign, possible, LONG, faults);
    }

    private Verdict withFaults() {
        return new Verdict(story, sign, possible, LONG, true);
    }

    static Verdict on(Breakage breakage) {
        return switch (breakage) {
            case SAVE_AFTER_RESPONSE ->
                // A session that was not saved yet is not found elsewhere, and found later; its save falls among reads.
                of(
                        LawStory.FIRST_BYTE,
                        STALE_READ,
                        LOST_UPDATE,
                        TORN_SESSION,
                        SESSION_LOST,
                        EARLY_EXPIRY,
                        RESURRECTED,
                        READER_WROTE);
            case CHANGES_AFTER_COMMIT_DROPPED -> of(LawStory.AFTER_THE_COMMIT, LOST_UPDATE, STALE_READ, TORN_SESSION);
            case FAILED_SAVE_ANSWERED ->
                of(LawStory.FAILED_SAVE, LOST_UPDATE, STALE_READ, TORN_SESSION, SESSION_LOST, EARLY_EXPIRY, BAD_ANSWER)
                        .withFaults();
            case NO_MERGE ->
                // The attribute whose end the listeners would be told of may be overwritten as well. What a request
                // makes of
                // a value that was overwritten may be one that no order of the writes can give.
                of(LawStory.DISJOINT_CHANGES, LOST_UPDATE, STALE_READ, TORN_SESSION, EVENT_NEVER, UNWRITTEN_VALUE);
            case CONFLICT_GIVEN_UP -> of(LawStory.DISJOINT_CHANGES, LOST_UPDATE, STALE_READ, TORN_SESSION);
            case REVISION_IGNORED ->
                // Changes that do not fit the base beside them do not open: then there is no session.
                of(
                        LawStory.DISJOINT_CHANGES,
                        LOST_UPDATE,
                        STALE_READ,
                        TORN_SESSION,
                        SESSION_LOST,
                        EARLY_EXPIRY,
                        EVENT_NEVER);
            case OWN_COPY_TRUSTED ->
                of(
                        LawStory.OTHER_NODES_CHANGE,
                        STALE_READ,
                        LOST_UPDATE,
                        TORN_SESSION,
                        ALIVE_AFTER_LOGOUT,
                        ALIVE_AFTER_ROTATION,
                        TWO_IDS_ALIVE,
                        LATE_EXPIRY,
                        RESURRECTED);
            case TORN_SAVE ->
                // What is left out may also be the time-out, or what the listeners would be told of.
                of(LawStory.ONE_REQUEST, TORN_SESSION, LOST_UPDATE, STALE_READ, EVENT_NEVER, EARLY_EXPIRY, LATE_EXPIRY);
            case READER_WRITES -> of(LawStory.READER, READER_WROTE, LOST_UPDATE, STALE_READ, TORN_SESSION);
            case IN_PLACE_UNSEEN -> of(LawStory.IN_PLACE, LOST_UPDATE, STALE_READ, TORN_SESSION);
            case UPSERT -> of(LawStory.LOGOUT, ALIVE_AFTER_LOGOUT, RESURRECTED, LATE_EXPIRY, EVENT_FOR_LIVING);
            case LOGOUT_STAYS_HERE -> of(LawStory.LOGOUT, ALIVE_AFTER_LOGOUT, RESURRECTED, EVENT_TWICE);
            case LOST_ANSWER_RETRIED -> onlyIn(LawStory.LOST_ANSWER); // seen if another node changes it in between
            case OLD_ID_LIVES_ON ->
                of(
                        LawStory.OLD_ID,
                        ALIVE_AFTER_ROTATION,
                        TWO_IDS_ALIVE,
                        ALIVE_AFTER_LOGOUT,
                        LOST_UPDATE,
                        STALE_READ,
                        TORN_SESSION,
                        EVENT_TWICE,
                        LAST_COOKIE_DEAD);
            case TOMBSTONE_NOT_FOLLOWED -> of(LawStory.WRITE_BESIDE_ROTATION, LOST_UPDATE, STALE_READ, TORN_SESSION);
            case LOGOUT_STOPS_AT_TOMBSTONE -> of(LawStory.LOGOUT_BESIDE_ROTATION, ALIVE_AFTER_LOGOUT, EVENT_NEVER);
            case ROTATION_IN_TWO_STEPS ->
                of(
                        LawStory.WRITE_BESIDE_ROTATION,
                        LOST_UPDATE,
                        STALE_READ,
                        TORN_SESSION,
                        SESSION_LOST,
                        TWO_IDS_ALIVE,
                        LAST_COOKIE_DEAD,
                        ALIVE_AFTER_ROTATION,
                        ALIVE_AFTER_LOGOUT,
                        EVENT_NEVER,
                        EVENT_TWICE);
            case ROTATION_NOT_EXCLUSIVE ->
                of(
                        LawStory.TWO_ROTATIONS,
                        TWO_IDS_ALIVE,
                        LAST_COOKIE_DEAD,
                        ALIVE_AFTER_ROTATION,
                        ALIVE_AFTER_LOGOUT,
                        LOST_UPDATE,
                        STALE_READ,
                        TORN_SESSION,
                        EVENT_TWICE,
                        EVENT_NEVER);
            case LOSER_ROTATES_AGAIN -> onlyIn(LawStory.TWO_ROTATIONS); // seen if the first rotation is answered last
            case OUTAGE_IS_ABSENCE ->
                of(LawStory.OUTAGE, SESSION_LOST, EARLY_EXPIRY, LAST_COOKIE_DEAD)
                        .withFaults();
            case SWEEP_WITHOUT_CLAIM -> of(LawStory.EXPIRY, EVENT_TWICE).afterAWhile();
            case SWEEP_TELLS_NOBODY -> of(LawStory.EXPIRY, EVENT_NEVER).afterAWhile();
            case EVERY_LOGOUT_TELLS -> of(LawStory.TWO_LOGOUTS, EVENT_TWICE);
            case TOUCH_NEVER_WRITTEN -> of(LawStory.IN_USE, EARLY_EXPIRY).afterAWhile();
            case IDLE_COPY_EXPIRES ->
                of(LawStory.IN_USE, EARLY_EXPIRY, EVENT_NEVER, EVENT_TWICE).afterAWhile();
            case EXPIRED_STILL_SERVED ->
                of(LawStory.OVERDUE, LATE_EXPIRY, EVENT_FOR_LIVING, RESURRECTED).afterAWhile();
        };
    }
}
