package dev.holdfast.session;

import dev.holdfast.codec.Fragment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * This node's picture of one session's entries: what the row holds, and over it what requests have set or removed here and not saved
 * yet. The monitor is held for moments, and no application code runs meanwhile. Safe for use by many threads.
 */
final class Entries {
    private final Uses uses;
    private final ConcurrentHashMap<String, Unit> units = new ConcurrentHashMap<>();
    private RowImage image = RowImage.EMPTY;
    private volatile long revision;
    private volatile long sizeBytes = IdleCopies.sizeBytes(0, 0);
    private volatile long saves;
    private long lostBaselines;
    private boolean anyOvertaken;

    Entries(Uses uses) {
        this.uses = uses;
    }

    /** What stands there now, by entry. Values are set and removed through {@link #set} and {@link #remove} only. */
    ConcurrentMap<String, Unit> units() {
        return units;
    }

    @Nullable
    Unit unitOf(String entry) {
        return units.get(entry);
    }

    /**
     * Sets a value, as a unit that nobody has touched yet.
     *
     * @param replaced what stands there: what arrives or is saved meanwhile would make its baseline another
     * @return the new unit; {@code null} if something else stands there by now, and nothing has changed
     */
    synchronized @Nullable Unit set(String entry, Object value, @Nullable Unit replaced) {
        if (units.get(entry) != replaced) {
            return null;
        }
        Unit unit = Unit.ofValue(entry, value, replaced);
        overruleOlder(entry);
        units.put(entry, unit);
        return unit;
    }

    /**
     * Removes an entry, as a change by this use.
     *
     * @param standing what stands there
     * @return false if something else does by now, and nothing has changed
     */
    synchronized boolean remove(String entry, Unit standing, SessionUse use) {
        if (!units.remove(entry, standing)) {
            return false;
        }
        overruleOlder(entry);
        use.remove(entry);
        return true;
    }

    private void overruleOlder(String entry) {
        if (anyOvertaken) {
            uses.all().forEach(use -> use.overrule(entry));
        }
    }

    /** What the row holds. */
    synchronized RowImage image() {
        return image;
    }

    /** The row's. */
    long revision() {
        return revision;
    }

    /** About as many bytes as all this takes in memory. */
    long sizeBytes() {
        return sizeBytes;
    }

    /** How often it was saved here: what was encoded at an earlier count may be older than what the row holds. */
    long saves() {
        return saves;
    }

    /**
     * Whoever changed an entry answers for it, also where another request has replaced or removed it since and not saved that yet:
     * what the first one did would otherwise be acknowledged and nowhere.
     */
    synchronized void addHeirs(Set<Unit> mine, Set<String> removed) {
        List<Unit> heirs = new ArrayList<>();
        for (Unit unit : mine) {
            for (String entry : unit.names()) {
                Unit standing = units.get(entry);
                if (standing == null) {
                    if (uses.pendingRemovals().contains(entry)) {
                        removed.add(entry);
                    }
                } else if (standing != unit && standing.isUnsaved()) {
                    heirs.add(standing);
                }
            }
        }
        removed.removeIf(entry -> {
            Unit standing = units.get(entry);
            if (standing != null && standing.isUnsaved()) {
                heirs.add(standing);
            }
            return standing != null;
        });
        mine.addAll(heirs);
    }

    /** Whether somebody on this node has saved, replaced, or set one of these entries after it was encoded, and that is over. */
    synchronized boolean isStale(Change change) {
        boolean othersSaved = saves != change.encodedAt();
        for (String entry : change.removed()) {
            if (isRemovalOver(entry, othersSaved)) {
                return true;
            }
        }
        for (Unit unit : change.units().keySet()) {
            if (unit.savedAt() > change.encodedAt() || isSuperseded(unit, othersSaved)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSuperseded(Unit unit, boolean othersSaved) {
        for (String entry : unit.names()) {
            if (isSuperseded(unit, entry, othersSaved)) {
                return true;
            }
        }
        return false;
    }

    private boolean isRemovalOver(String entry, boolean othersSaved) {
        Unit standing = units.get(entry);
        return standing != null && (othersSaved || !standing.isUnsaved());
    }

    /**
     * While nothing was saved here, what was set or removed since is no matter as long as that is pending: it comes later. It is not
     * pending any more where it turned out to be what the row holds.
     */
    private boolean isSuperseded(Unit unit, String entry, boolean othersSaved) {
        Unit standing = units.get(entry);
        if (unit.countsBeside(entry, standing)) {
            return false;
        }
        boolean pending = standing == null ? uses.pendingRemovals().contains(entry) : standing.isUnsaved();
        return othersSaved || !pending;
    }

    /** Whether the row would be another one with this change. */
    synchronized boolean isChangedBy(Change change) {
        return !change.units().isEmpty()
                || (!change.removed().isEmpty()
                        && !Collections.disjoint(image.effective().keySet(), change.removed()));
    }

    // Taking over what the row holds

    /**
     * The picture becomes the row's, except for what this node has changed and not saved yet.
     *
     * @return the entries that are others now
     */
    List<String> arrived(RowImage fresh, long freshRevision) {
        List<String> changed = new ArrayList<>();
        synchronized (this) {
            Map<String, Fragment> arriving = fresh.effective();
            Set<String> pending = uses.pendingRemovals();
            List<Unit> overtaken = new ArrayList<>();
            IdentityHashMap<Fragment, Unit> groups = new IdentityHashMap<>();
            arriving.forEach((entry, fragment) -> {
                Unit held = units.get(entry);
                if (held == null) {
                    if (!pending.contains(entry)) {
                        units.put(entry, newUnit(fragment, arriving, groups));
                        changed.add(entry);
                    }
                } else if (!fragment.equals(held.stored())) {
                    if (held.isUnsaved()) {
                        loseBaseline(held);
                    } else {
                        held.overtake();
                        overtaken.add(held);
                        units.put(entry, newUnit(fragment, arriving, groups));
                        changed.add(entry);
                    }
                }
            });
            units.forEach((entry, held) -> {
                if (arriving.containsKey(entry)) {
                    return;
                }
                if (held.isUnsaved()) {
                    loseBaseline(held);
                } else if (held.stored() != null) {
                    held.overtake();
                    overtaken.add(held);
                    units.remove(entry);
                    changed.add(entry);
                }
            });
            anyOvertaken |= !overtaken.isEmpty();
            overtaken.forEach(unit -> changed.addAll(separateRest(unit)));
            become(fresh);
            revision = freshRevision;
        }
        return changed;
    }

    /** One unit for each fragment, of those names for which the fragment counts. */
    @SuppressWarnings("ReferenceEquality") // the very fragment counts, not one that looks like it
    private static Unit newUnit(
            Fragment fragment, Map<String, Fragment> effective, IdentityHashMap<Fragment, Unit> groups) {
        if (fragment.names().size() == 1) {
            return Unit.ofRow(fragment, fragment.names());
        }
        return groups.computeIfAbsent(
                fragment,
                any -> Unit.ofRow(
                        fragment,
                        fragment.names().stream()
                                .filter(name -> effective.get(name) == fragment)
                                .toList()));
    }

    /**
     * What is left of a group of which some entries are others now stands alone: the group would go on speaking for all of them. Who
     * holds the group's objects may yet change those.
     *
     * @return the entries that are left
     */
    private List<String> separateRest(Unit group) {
        Fragment inRow = group.stored();
        if (group.names().size() == 1 || inRow == null) {
            return List.of();
        }
        List<String> left = group.names().stream()
                .filter(entry -> units.get(entry) == group)
                .toList();
        if (left.isEmpty()) {
            return List.of();
        }
        Unit rest = Unit.ofRow(inRow, left);
        left.forEach(entry -> units.put(entry, rest));
        return left;
    }

    /** The row now holds this change. */
    void saved(Change change, RowImage written, long newRevision) {
        synchronized (this) {
            long at = ++saves;
            Set<String> pending = uses.pendingRemovals();
            List<Unit> overtaken = new ArrayList<>();
            change.units().forEach((unit, fragment) -> {
                for (String entry : unit.names()) {
                    Unit held = units.get(entry);
                    // An older object that was changed after a newer copy arrived has the last word, unless set anew
                    // here.
                    if (held == unit || (held == null && pending.contains(entry))) {
                        continue;
                    }
                    if (held != null && held.isUnsaved()) {
                        loseBaseline(held);
                        continue;
                    }
                    if (held != null) {
                        held.overtake(unit);
                        overtaken.add(held);
                    }
                    units.put(entry, unit);
                }
                // Only now: until it stands there, it speaks for its entries as one that was overtaken.
                unit.saved(fragment, at);
            });
            change.overruled().forEach(Unit::overruledAs);
            anyOvertaken |= !overtaken.isEmpty();
            overtaken.forEach(this::separateRest);
            become(written);
            revision = newRevision;
        }
    }

    /**
     * What was set anew and turned out to be what the row holds is no pending change any more: the next thing that another node
     * writes there counts.
     */
    synchronized void settle(Change change) {
        if (change.unchanged().isEmpty()) {
            return;
        }
        Map<String, Fragment> inRow = image.effective();
        change.unchanged().forEach((unit, encoded) -> {
            Fragment standing = inRow.get(unit.names().get(0));
            if (standing != null && unit.baseline().contains(encoded)) {
                unit.found(standing, encoded);
            }
        });
    }

    /** A removal after which something was set is over, once that is saved. */
    synchronized void settleRemovals(SessionUse use) {
        use.forgetRemovals(units::containsKey);
    }

    private synchronized void loseBaseline(Unit unit) {
        if (!unit.baseline().isEmpty()) {
            lostBaselines++;
            unit.forgetBaseline();
        }
    }

    /**
     * How often the row has changed beneath a value that was set here to what had stood there before: it did not look like a
     * change then, and it is one now. If this grows during a save, that save must look again.
     */
    synchronized long lostBaselines() {
        return lostBaselines;
    }

    private void become(RowImage inRow) {
        image = inRow;
        sizeBytes = IdleCopies.sizeBytes(units.size(), inRow.sizeBytes());
    }
}
