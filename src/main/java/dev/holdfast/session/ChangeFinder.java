package dev.holdfast.session;

import dev.holdfast.codec.Encoding;
import dev.holdfast.codec.Fragment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
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
     * @param touched the units whose changes are wanted
     * @param others those that other requests are holding
     * @param removed what has been removed, passed on
     */
    Change find(Set<Unit> touched, Set<Unit> others, Set<String> removed, long encodedAt) {
        return find(touched, others, Set.of(), removed, encodedAt);
    }

    /** @param decided the entries for which a change has been found already */
    private Change find(Set<Unit> touched, Set<Unit> others, Set<String> decided, Set<String> removed, long encodedAt) {
        Candidates candidates;
        do {
            candidates = candidates(Unit.presentGrouping(touched), Unit.presentGrouping(others), decided);
        } while (candidates.areOutdated());
        Map<Unit, List<Fragment>> overruled = new LinkedHashMap<>();
        candidates.overruled.forEach(unit -> overruled.put(unit, alone(unit).fragments()));
        if (!candidates.isAnyWanted()) {
            return new Change(Map.of(), Map.of(), overruled, removed, List.of(), encodedAt);
        }
        Set<Unit> mine = candidates.mine;
        Map<String, Unit> owners = candidates.owners;
        Encoding encoding = codec.encode(candidates.values);
        Set<Unit> intact = intact(encoding, owners);
        Map<Unit, Fragment> changed = new LinkedHashMap<>();
        Map<Unit, Fragment> unchanged = new LinkedHashMap<>();
        IdentityHashMap<Unit, List<Unit>> regrouped = new IdentityHashMap<>();
        for (Fragment fragment : encoding.fragments()) {
            Set<Unit> from = ownersOf(fragment, owners);
            Unit only = from.size() == 1 ? from.iterator().next() : null;
            if (only != null ? !mine.contains(only) : Collections.disjoint(from, mine)) {
                continue;
            }
            if (only != null && intact.contains(only)) {
                if (only.isUnsaved()) {
                    unchanged.put(only, fragment);
                }
            } else if (only != null && only.names().equals(fragment.names())) {
                changed.put(only, fragment);
            } else {
                Unit group = Unit.regrouped(fragment, candidates.values, owners);
                from.forEach(unit -> regrouped
                        .computeIfAbsent(unit, any -> new ArrayList<>())
                        .add(group));
                changed.put(group, fragment);
            }
        }
        if (!regrouped.isEmpty()) {
            leaveBehind(candidates, regrouped);
            candidates.partlyOverruled.forEach((unit, entries) -> entries.forEach(entry -> {
                Unit left = leftBehind(entry, unit, regrouped);
                overruled.put(left, alone(left).fragments());
            }));
            succeed(regrouped);
        }
        List<Encoding.Refusal> refusals = ownRefusals(encoding, owners, mine);
        Change change = new Change(changed, unchanged, overruled, removed, refusals, encodedAt);
        if (candidates.behind.isEmpty()) {
            return change;
        }
        Set<String> more = new HashSet<>(decided);
        changed.values().forEach(fragment -> more.addAll(fragment.names()));
        return change.and(find(candidates.behind, candidates.behind, more, removed, encodedAt));
    }

    /**
     * Of one entry there may be several objects: older ones are held by requests that were running when a newer one arrived. Only one
     * can be encoded under its name. What others hold must not hide mine; of mine, the one that stands now comes first.
     */
    private Candidates candidates(Set<Unit> mine, Set<Unit> others, Set<String> decided) {
        Candidates candidates = new Candidates(mine, decided);
        List<Unit> older = new ArrayList<>();
        for (Unit unit : mine) {
            if (stands(unit)) {
                offer(unit, candidates);
            } else {
                older.add(unit);
            }
        }
        older.forEach(unit -> offer(unit, candidates));
        for (Unit unit : others) {
            if (!mine.contains(unit)) {
                offer(unit, candidates);
            }
        }
        return candidates;
    }

    private void offer(Unit unit, Candidates candidates) {
        if (needsLook(unit) && !isOvertakenAndUnchanged(unit)) {
            candidates.offer(unit, entriesOf(unit));
        }
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
        Set<Unit> from = Candidates.noUnits();
        fragment.names().forEach(entry -> from.add(Objects.requireNonNull(owners.get(entry), "owner")));
        return from;
    }

    /**
     * What shares its object with nothing that is mine any more, or could not be encoded, is left behind by the regrouping: it goes on
     * alone, and is saved by whoever holds it, as soon as it can be.
     */
    private static void leaveBehind(Candidates candidates, IdentityHashMap<Unit, List<Unit>> regrouped) {
        candidates.owners.forEach((entry, owner) -> {
            List<Unit> groups = regrouped.get(owner);
            if (groups != null
                    && groups.stream().noneMatch(group -> group.names().contains(entry))) {
                leftBehind(entry, owner, regrouped);
            }
        });
    }

    private static Unit leftBehind(String entry, Unit owner, IdentityHashMap<Unit, List<Unit>> regrouped) {
        Object value = Objects.requireNonNull(owner.valueIfLive(entry), "live value");
        Unit left = Unit.ofLeftBehind(entry, value, owner);
        regrouped.computeIfAbsent(owner, any -> new ArrayList<>()).add(left);
        return left;
    }

    /**
     * The units that have baselines and encode to nothing else. Entries that travelled as one may need not do so any more as soon as
     * they have arrived, because what they shared was the JVM's own: their baseline is several fragments then.
     */
    private static Set<Unit> intact(Encoding encoding, Map<String, Unit> owners) {
        Set<Unit> intact = Candidates.noUnits();
        for (Unit owner : owners.values()) {
            if (!owner.baseline().isEmpty()) {
                intact.add(owner);
            }
        }
        if (intact.isEmpty()) {
            return intact;
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
        Encoding alone = alone(unit);
        return alone.refusals().isEmpty() && baseline.containsAll(alone.fragments());
    }

    private Encoding alone(Unit unit) {
        Map<String, Object> own = new HashMap<>();
        unit.names().forEach(entry -> own.put(entry, Objects.requireNonNull(unit.valueIfLive(entry), "live value")));
        return codec.encode(own);
    }

    /** The entries for which this unit counts: where it stands now, or stood until a newer copy arrived from elsewhere. */
    private List<String> entriesOf(Unit unit) {
        List<String> names = unit.names();
        if (names.size() == 1) {
            return unit.countsBeside(names.get(0), units.get(names.get(0))) ? names : List.of();
        }
        List<String> entries = new ArrayList<>();
        for (String entry : names) {
            if (unit.countsBeside(entry, units.get(entry))) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** First it is known who succeeds whom, then they change places: whoever misses a unit where it stood finds all its successors. */
    private void succeed(IdentityHashMap<Unit, List<Unit>> regrouped) {
        regrouped.forEach(Unit::succeededBy);
        regrouped.forEach((unit, groups) ->
                groups.forEach(group -> group.names().forEach(entry -> units.replace(entry, unit, group))));
    }

    private static List<Encoding.Refusal> ownRefusals(Encoding encoding, Map<String, Unit> owners, Set<Unit> mine) {
        if (encoding.refusals().isEmpty()) {
            return List.of();
        }
        return encoding.refusals().stream()
                .filter(refusal -> {
                    Unit owner = owners.get(refusal.name());
                    return owner != null && mine.contains(owner);
                })
                .toList();
    }
}
