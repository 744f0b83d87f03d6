package dev.holdfast.session;

import dev.holdfast.codec.Encoding;
import dev.holdfast.codec.Fragment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * Finds out which live entries have changed, by what they encode to: an entry is unchanged if it encodes to its baseline.
 * Immutable values are told by identity and not encoded at all. Entries that have come to share an object, or share one no more,
 * are regrouped.
 */
final class ChangeFinder {
    private final EntryCodec codec;
    private final ConcurrentMap<String, Unit> units;
    private final Predicate<String> storable;

    ChangeFinder(EntryCodec codec, ConcurrentMap<String, Unit> units, Predicate<String> storable) {
        this.codec = codec;
        this.units = units;
        this.storable = storable;
    }

    /**
     * @param mine the units whose changes are wanted
     * @param all mine, and those that other requests are holding
     * @param removed what has been removed, passed on
     */
    Change find(Set<Unit> mine, Set<Unit> all, Set<String> removed, long encodedAt) {
        Map<String, Object> values = new HashMap<>(2 * all.size());
        Map<String, Unit> owners = new HashMap<>(2 * all.size());
        Set<Unit> behind = Collections.newSetFromMap(new IdentityHashMap<>());
        boolean wanted = false;
        for (Unit unit : newestOfMineFirst(mine, all)) {
            if (!needsLook(unit) || isOvertakenAndUnchanged(unit)) {
                continue;
            }
            List<String> entries = entriesOf(unit);
            if (Collections.disjoint(entries, owners.keySet())) {
                for (String entry : entries) {
                    values.put(entry, Objects.requireNonNull(unit.valueIfLive(entry), "live value"));
                    owners.put(entry, unit);
                }
                wanted |= !entries.isEmpty() && mine.contains(unit);
            } else if (mine.contains(unit)) {
                behind.add(unit);
            }
        }
        if (!wanted) {
            return new Change(Map.of(), Map.of(), removed, List.of(), encodedAt);
        }
        Encoding encoding = codec.encode(values);
        Set<Unit> intact = intact(encoding, owners);
        Map<Unit, Fragment> changed = new LinkedHashMap<>();
        Map<Unit, Fragment> unchanged = new LinkedHashMap<>();
        for (Fragment fragment : encoding.fragments()) {
            Set<Unit> from = ownersOf(fragment, owners);
            if (from.stream().noneMatch(mine::contains)) {
                continue;
            }
            Unit only = from.size() == 1 ? from.iterator().next() : null;
            if (only != null && intact.contains(only)) {
                if (only.isUnsaved()) {
                    unchanged.put(only, fragment);
                }
            } else if (only != null && only.names().equals(fragment.names())) {
                changed.put(only, fragment);
            } else {
                Unit group = Unit.regrouped(fragment, values, owners);
                succeed(group, fragment.names(), from);
                changed.put(group, fragment);
            }
        }
        encoding.refusals().forEach(refusal -> keepWatching(refusal.name(), values, owners));
        Change change = new Change(changed, unchanged, removed, ownRefusals(encoding, owners, mine), encodedAt);
        return behind.isEmpty() ? change : change.before(find(behind, behind, removed, encodedAt));
    }

    /**
     * Of one entry there may be several objects: older ones are held by requests that were running when a newer one arrived. Only one
     * can be encoded under its name. What others hold must not hide mine; of mine, the one that stands now comes first.
     */
    private List<Unit> newestOfMineFirst(Set<Unit> mine, Set<Unit> all) {
        List<Unit> ordered = new ArrayList<>(all.size());
        List<Unit> older = new ArrayList<>();
        for (Unit unit : mine) {
            (stands(unit) ? ordered : older).add(unit);
        }
        ordered.addAll(older);
        if (all.size() > mine.size()) {
            for (Unit unit : all) {
                if (!mine.contains(unit)) {
                    ordered.add(unit);
                }
            }
        }
        return ordered;
    }

    private boolean stands(Unit unit) {
        for (String entry : unit.names()) {
            if (units.get(entry) == unit) {
                return true;
            }
        }
        return false;
    }

    private static Set<Unit> ownersOf(Fragment fragment, Map<String, Unit> owners) {
        if (fragment.names().size() == 1) {
            return Set.of(Objects.requireNonNull(owners.get(fragment.names().get(0)), "owner"));
        }
        Set<Unit> from = Collections.newSetFromMap(new IdentityHashMap<>());
        fragment.names().forEach(entry -> from.add(Objects.requireNonNull(owners.get(entry), "owner")));
        return from;
    }

    /**
     * An entry that could not be encoded, while what it shares an object with could, has been left behind by the regrouping: it
     * goes on alone, and is saved as soon as it can be.
     */
    private void keepWatching(String entry, Map<String, Object> values, Map<String, Unit> owners) {
        Unit owner = Objects.requireNonNull(owners.get(entry), "owner");
        if (owner.successors().isEmpty()) {
            return;
        }
        Object value = Objects.requireNonNull(values.get(entry), "refused value");
        succeed(Unit.ofLeftBehind(entry, value, owner), List.of(entry), Set.of(owner));
    }

    /**
     * The units that have baselines and encode to nothing else. Entries that travelled as one may need not do so any more as soon as
     * they have arrived, because what they shared was the JVM's own: their baseline is several fragments then.
     */
    private static Set<Unit> intact(Encoding encoding, Map<String, Unit> owners) {
        Set<Unit> intact = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Unit owner : owners.values()) {
            if (!owner.baseline().isEmpty()) {
                intact.add(owner);
            }
        }
        for (Fragment fragment : encoding.fragments()) {
            for (String entry : fragment.names()) {
                Unit owner = Objects.requireNonNull(owners.get(entry), "owner");
                if (!owner.baseline().contains(fragment)) {
                    intact.remove(owner);
                }
            }
        }
        return intact;
    }

    private boolean needsLook(Unit unit) {
        if (!unit.isLive()) {
            return false;
        }
        boolean single = unit.names().size() == 1;
        String first = unit.names().get(0);
        if (single && EntryName.isAttribute(first) && !storable.test(EntryName.plain(first))) {
            return false;
        }
        // A reference to an immutable value that came from the row, or has been saved, still means that value.
        return !(single && unit.stored() != null && codec.isImmutable(unit.valueIfLive(first)));
    }

    /**
     * Whoever only looked at what has been overtaken since has no say any more. It is encoded by itself, as its baseline was: beside
     * what is newer it may have lost some of its entries, or share its objects with others.
     */
    private boolean isOvertakenAndUnchanged(Unit unit) {
        List<Fragment> baseline = unit.baseline();
        if (!unit.isOvertaken() || baseline.isEmpty()) {
            return false;
        }
        Map<String, Object> own = new HashMap<>();
        unit.names().forEach(entry -> own.put(entry, Objects.requireNonNull(unit.valueIfLive(entry), "live value")));
        Encoding alone = codec.encode(own);
        return alone.refusals().isEmpty() && baseline.containsAll(alone.fragments());
    }

    /** The entries for which this unit counts: where it stands now, or stood until a newer copy arrived from elsewhere. */
    private List<String> entriesOf(Unit unit) {
        List<String> entries = new ArrayList<>();
        for (String entry : unit.names()) {
            if (unit.countsBeside(entry, units.get(entry))) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private void succeed(Unit group, List<String> names, Set<Unit> from) {
        names.forEach(entry -> {
            Unit standing = units.get(entry);
            if (standing != null && from.contains(standing)) {
                units.replace(entry, standing, group);
            }
        });
        from.forEach(unit -> unit.succeededBy(group));
    }

    private static List<Encoding.Refusal> ownRefusals(Encoding encoding, Map<String, Unit> owners, Set<Unit> mine) {
        return encoding.refusals().stream()
                .filter(refusal -> {
                    Unit owner = owners.get(refusal.name());
                    return owner != null && mine.contains(owner);
                })
                .toList();
    }
}
