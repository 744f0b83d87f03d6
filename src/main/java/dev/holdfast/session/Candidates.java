package dev.holdfast.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What is encoded together to find out what has changed: of each entry one object. Of one thread. */
final class Candidates {
    /** The units whose changes are wanted. */
    final Set<Unit> mine;

    final Map<String, Object> values = new HashMap<>();
    final Map<String, Unit> owners = new HashMap<>();

    /** Those of mine that could not be taken along, because another object stands for the same entry. */
    final Set<Unit> behind = noUnits();

    /** Those of mine for whose entries something newer is going to be saved. */
    final List<Unit> overruled = new ArrayList<>();

    /** Those for some of whose entries it is. */
    final Map<Unit, List<String>> partlyOverruled = new LinkedHashMap<>();

    private final Set<String> decided;
    private boolean wanted;

    /** @param decided the entries for which something newer is going to be saved */
    Candidates(Set<Unit> mine, Set<String> decided) {
        this.mine = mine;
        this.decided = decided;
    }

    static Set<Unit> noUnits() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /**
     * Takes a unit along, unless another one was offered before for the same entry.
     *
     * @param entries those for which it counts
     */
    void offer(Unit unit, List<String> entries) {
        List<String> undecided = decided.isEmpty() ? entries : undecided(unit, entries);
        if (areFree(undecided)) {
            for (String entry : undecided) {
                values.put(entry, Objects.requireNonNull(unit.valueIfLive(entry), "live value"));
                owners.put(entry, unit);
            }
            wanted |= !undecided.isEmpty() && mine.contains(unit);
        } else if (mine.contains(unit)) {
            behind.add(unit);
        }
    }

    private boolean areFree(List<String> entries) {
        for (String entry : entries) {
            if (owners.containsKey(entry)) {
                return false;
            }
        }
        return true;
    }

    private List<String> undecided(Unit unit, List<String> entries) {
        List<String> lost = entries.stream().filter(decided::contains).toList();
        if (lost.isEmpty()) {
            return entries;
        }
        if (lost.size() == entries.size()) {
            overruled.add(unit);
        } else {
            partlyOverruled.put(unit, lost);
        }
        return entries.stream().filter(entry -> !decided.contains(entry)).toList();
    }

    /** Whether any of mine is among them. */
    boolean isAnyWanted() {
        return wanted;
    }

    /** Whether somebody has regrouped one of mine since it was looked for: it stands nowhere any more, and was passed over. */
    boolean areOutdated() {
        for (Unit unit : mine) {
            if (unit.isSucceeded()) {
                return true;
            }
        }
        return false;
    }
}
