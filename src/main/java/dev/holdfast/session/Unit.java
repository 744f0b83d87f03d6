package dev.holdfast.session;

import dev.holdfast.codec.Fragment;
import dev.holdfast.codec.UndecodableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a session on this node, or several that share an object: encoded until somebody asks, live from then on. A unit
 * keeps its values for ever; what is set anew becomes a new unit. So a request that holds the older object goes on being watched
 * when a newer copy of the entry arrives from another node.
 *
 * <p>Safe for use by many threads: decoding holds the unit's own monitor, because it runs application code and must not hold
 * anybody else's; the rest is published by volatile writes.
 */
final class Unit {
    private final List<String> names;
    private final boolean setHere;
    /** Those of the names whose values the application has set here. */
    private final Set<String> setAnew;

    private Set<String> arrived = Set.of();
    private volatile @Nullable Map<String, Object> values;
    private volatile @Nullable Fragment stored;
    private volatile List<Fragment> baseline;
    private volatile List<Unit> successors = List.of();
    /** What it was regrouped from, by entry, until it is saved itself. */
    private volatile Map<String, Unit> origins = Map.of();

    private volatile boolean undecodable;
    private volatile boolean overtaken;
    private volatile Set<Unit> overtakers = Set.of();
    private volatile Set<String> overruled = Set.of();
    private volatile long savedAt;

    private Unit(List<String> names, boolean setHere, Set<String> setAnew, List<Fragment> baseline) {
        this.names = names;
        this.setHere = setHere;
        this.setAnew = setAnew;
        this.baseline = baseline;
    }

    /**
     * An entry as the row holds it.
     *
     * @param names those of the fragment's names for which it counts, in their order; another fragment may have taken the others
     */
    static Unit ofRow(Fragment fragment, List<String> names) {
        Unit unit = new Unit(names, false, Set.of(), List.of());
        unit.stored = fragment;
        return unit;
    }

    /**
     * An entry that was set on this node.
     *
     * @param replaced what stood there before: if the new value encodes to the same, nothing has changed
     */
    static Unit ofValue(String name, Object value, @Nullable Unit replaced) {
        Unit unit = new Unit(List.of(name), true, Set.of(name), replaced == null ? List.of() : replaced.baseline);
        unit.values = Map.of(name, value);
        return unit;
    }

    /** The live form of a fragment that came out of regrouping its names' owners. */
    static Unit regrouped(Fragment fragment, Map<String, Object> values, Map<String, Unit> owners) {
        Set<String> setAnew = new HashSet<>();
        Map<String, Object> own = new HashMap<>();
        Map<String, Unit> origins = new HashMap<>();
        for (String name : fragment.names()) {
            Unit owner = Objects.requireNonNull(owners.get(name), "owner");
            setAnew.addAll(owner.setAnew);
            own.put(name, Objects.requireNonNull(values.get(name), "regrouped value"));
            origins.put(name, owner);
        }
        Unit unit = new Unit(fragment.names(), true, setAnew, List.of());
        unit.values = own;
        unit.origins = origins;
        return unit;
    }

    /** One entry of a group that goes on alone: the row still has of it what it had in the group, which may not be this any more. */
    static Unit ofLeftBehind(String name, Object value, Unit group) {
        Unit unit = new Unit(List.of(name), group.setHere, group.setAnew, List.of());
        unit.values = Map.of(name, value);
        unit.stored = group.stored;
        unit.origins = Map.of(name, group);
        return unit;
    }

    List<String> names() {
        return names;
    }

    boolean isLive() {
        return values != null;
    }

    boolean isUndecodable() {
        return undecodable;
    }

    @Nullable
    Object valueIfLive(String name) {
        Map<String, Object> live = values;
        return live == null ? null : live.get(name);
    }

    /**
     * The value, decoded now if it was not yet.
     *
     * @return {@code null} where this node cannot decode it; the stored bytes stay what they are
     * @throws UndecodableException the first time only
     */
    @Nullable
    Object value(String name, EntryCodec codec) {
        if (values == null && !undecodable) {
            decode(codec);
        }
        return valueIfLive(name);
    }

    private synchronized void decode(EntryCodec codec) {
        Fragment fragment = stored;
        if (values != null || undecodable || fragment == null) {
            return;
        }
        try {
            Map<String, Object> decoded = new HashMap<>(codec.decode(fragment));
            decoded.keySet().retainAll(names);
            // What the decoded objects encode to, not what was stored: capacities and hash orders differ without a
            // change.
            boolean frozen = names.equals(fragment.names())
                    && decoded.size() == 1
                    && codec.isImmutable(decoded.values().iterator().next());
            baseline = frozen ? List.of(fragment) : codec.encode(decoded).fragments();
            values = decoded;
        } catch (UndecodableException e) {
            undecodable = true;
            throw e;
        }
    }

    /** Whether this is the first time that the application sees this entry of a unit that came from the row. */
    synchronized boolean firstArrival(String name) {
        if (setHere || arrived.contains(name)) {
            return false;
        }
        if (names.size() == 1) {
            arrived = Set.of(name);
        } else {
            arrived = new HashSet<>(arrived);
            arrived.add(name);
        }
        return true;
    }

    @Nullable
    Fragment stored() {
        return stored;
    }

    List<Fragment> baseline() {
        return baseline;
    }

    /** The row's value has changed beneath a value set here: it must be written even if it equals what stood there once. */
    void forgetBaseline() {
        baseline = List.of();
    }

    void saved(Fragment fragment, long at) {
        stored = fragment;
        baseline = List.of(fragment);
        overtaken = false;
        overtakers = Set.of();
        overruled = Set.of();
        savedHere(at);
        origins = Map.of();
    }

    /** What it was regrouped from is the same objects. */
    private void savedHere(long at) {
        savedAt = at;
        Map<String, Unit> from = origins;
        if (!from.isEmpty()) {
            from.values().forEach(origin -> origin.savedHere(at));
        }
    }

    /** The row holds this value already: from now on the unit stands for what the row holds. */
    void found(Fragment inRow, Fragment encoded) {
        stored = inRow;
        baseline = List.of(encoded);
    }

    long savedAt() {
        long latest = savedAt;
        Map<String, Unit> from = origins;
        if (!from.isEmpty()) {
            for (Unit origin : from.values()) {
                latest = Math.max(latest, origin.savedAt());
            }
        }
        return latest;
    }

    boolean isOvertaken() {
        return overtaken;
    }

    /** A newer value came from another node; who still holds this one may yet change it. */
    void overtake() {
        overtaken = true;
    }

    /** An older one was changed and saved later, and stands here now; who still holds this one may yet change it. */
    void overtake(Unit older) {
        Set<Unit> more = new HashSet<>(overtakers);
        more.add(older);
        overtakers = more;
        overtaken = true;
    }

    /** The application has set or removed this entry here: what somebody has done to an older object before says nothing any more. */
    synchronized void overrule(String entry) {
        Set<String> more = new HashSet<>(overruled);
        more.add(entry);
        overruled = more;
        Unit origin = origins.get(entry);
        if (origin != null) {
            origin.overrule(entry);
        }
    }

    /** Something newer was saved for its entries: only what is done to it from now on is a change. */
    void overruledAs(List<Fragment> encoded) {
        baseline = encoded;
    }

    /**
     * Whether this unit speaks for an entry: it stands there, or stood until a newer copy arrived from elsewhere, or until an older
     * one that somebody held was saved; and nobody has set the entry anew here since. What was regrouped speaks for what its
     * origins do.
     */
    boolean countsBeside(String entry, @Nullable Unit standing) {
        if (standing == this) {
            return true;
        }
        if (overtaken
                && !overruled.contains(entry)
                && (standing == null || overtakers.contains(standing) || !standing.setAnew.contains(entry))) {
            return true;
        }
        Unit origin = origins.get(entry);
        return origin != null && origin.countsBeside(entry, standing);
    }

    /** Set here, and in no row yet. */
    boolean isUnsaved() {
        return setHere && stored == null;
    }

    /** Its entries are grouped differently now, and these are the groups; two requests may find that out at once. */
    synchronized void succeededBy(List<Unit> groups) {
        List<Unit> more = new ArrayList<>(successors);
        more.addAll(groups);
        successors = List.copyOf(more);
    }

    boolean isSucceeded() {
        return !successors.isEmpty();
    }

    private static boolean isAnySucceeded(Set<Unit> units) {
        for (Unit unit : units) {
            if (unit.isSucceeded()) {
                return true;
            }
        }
        return false;
    }

    /** These units, or what their entries are grouped into now. */
    static Set<Unit> presentGrouping(Set<Unit> units) {
        if (!isAnySucceeded(units)) {
            return units;
        }
        Set<Unit> present = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Unit> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Unit> left = new ArrayDeque<>(units);
        while (!left.isEmpty()) {
            Unit unit = left.remove();
            List<Unit> groups = unit.successors;
            if (groups.isEmpty()) {
                present.add(unit);
            } else if (seen.add(unit)) {
                left.addAll(groups);
            }
        }
        return present;
    }

    @Override
    public String toString() {
        return "Unit[" + names.size() + " entries, " + (isLive() ? "live" : "encoded") + "]";
    }
}
