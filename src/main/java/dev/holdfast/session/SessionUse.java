package dev.holdfast.session;

import dev.holdfast.store.IdHash;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one request does with one session: the entries that it obtained or set, and those it removed. Only these can have been
 * changed by it. Safe for use by many threads, as a request may run on several.
 */
final class SessionUse {
    private Set<Unit> touched = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> removed = new LinkedHashSet<>();
    private long touches;
    private long savedTouches;
    private @Nullable SessionUse heir;
    private @Nullable IdHash id;
    private boolean renamed;
    private boolean unconfirmed;
    private boolean handedOut;

    /** The part of what happens outside any request. */
    SessionUse() {
        this(null);
    }

    /**
     * A request's part.
     *
     * @param id the id that the session has as the request meets it; {@code null} where it has none yet
     */
    SessionUse(@Nullable IdHash id) {
        this.id = id;
    }

    /** Whether somebody else has given the session another id since this request met it. */
    synchronized boolean wasRenamedByAnother(IdHash present) {
        return id != null && !id.equals(present);
    }

    /** This request has given the session its id, or adopted it: it has to tell its client. */
    synchronized void goesBy(IdHash present, boolean isStored) {
        id = present;
        renamed = true;
        unconfirmed = isStored;
    }

    /** Whether this request's client has to be told the session's id. */
    synchronized boolean hasRenamed() {
        return renamed;
    }

    /** Whether another node may have given the session yet another id since. */
    synchronized boolean isUnconfirmed() {
        return unconfirmed;
    }

    /** The database has just told the id, or followed it. */
    synchronized void confirmed() {
        unconfirmed = false;
    }

    /** From now on the application may have the session. */
    synchronized void handOut() {
        handedOut = true;
    }

    /** Whether the request can have done anything to the session. */
    synchronized boolean mayHaveChanged() {
        return handedOut || !isEmpty();
    }

    synchronized void touch(Unit unit) {
        if (heir != null) {
            heir.touch(unit);
            return;
        }
        touches++;
        touched.add(unit);
    }

    /** To be looked at as well, though the application has not touched it. */
    synchronized void watch(Unit unit) {
        touched.add(unit);
    }

    synchronized void remove(String entry) {
        if (heir != null) {
            heir.remove(entry);
            return;
        }
        touches++;
        removed.add(entry);
    }

    /** All is saved that was done until {@link #touches} was this. */
    synchronized void savedUpTo(long then) {
        savedTouches = then;
    }

    /**
     * The request has ended. What it did after it was saved for the last time, and what a thread of its own is about to do that has just
     * taken it for running, becomes another's.
     */
    synchronized void endInFavourOf(SessionUse other) {
        if (touches != savedTouches) {
            touched.forEach(other::touch);
            removed.forEach(other::remove);
        }
        heir = other;
    }

    synchronized boolean hasEnded() {
        return heir != null;
    }

    /** Grows with each access to an attribute: unchanged means that the application has not come back since. */
    synchronized long touches() {
        return touches;
    }

    /** Adds the units that may have been changed, in their present grouping. */
    synchronized void addTouchedTo(Set<Unit> present) {
        touched = Unit.presentGrouping(touched);
        present.addAll(touched);
    }

    /** It stands nowhere any more, and shares its object with nobody. */
    synchronized void forget(Unit unit) {
        if (heir != null) {
            heir.forget(unit);
            return;
        }
        touched.remove(unit);
    }

    /** The application has set or removed this entry: see {@link Unit#overrule}. */
    synchronized void overrule(String entry) {
        touched = Unit.presentGrouping(touched);
        touched.forEach(unit -> {
            if (unit.names().contains(entry)) {
                unit.overrule(entry);
            }
        });
    }

    synchronized Set<String> removed() {
        return removed.isEmpty() ? Set.of() : new LinkedHashSet<>(removed);
    }

    synchronized void settled(Set<String> saved) {
        removed.removeAll(saved);
    }

    synchronized void forgetRemovals(Predicate<String> over) {
        removed.removeIf(over);
    }

    synchronized boolean isEmpty() {
        return touched.isEmpty() && removed.isEmpty();
    }

    synchronized void clear() {
        touched.clear();
        removed.clear();
    }

    /** Forgets all, unless something was done since {@link #touches} was this. */
    synchronized void clearUnlessTouchedSince(long then) {
        if (touches == then) {
            clear();
        }
    }
}
