package dev.holdfast.session;

import dev.holdfast.codec.Fragment;
import dev.holdfast.codec.FragmentSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a row, fragment by fragment: a base, and the changes since. For each name the newest fragment that carries it
 * counts, unless the name was removed. In both lists the older fragments stand first. Immutable.
 *
 * @param base what the base column holds
 * @param delta what the delta column holds; empty lists where it is null
 * @param baseIdentity binds a delta to the sealed base; empty for an image that was never sealed
 * @param baseBytes about as many bytes as the base takes before sealing, counted once
 */
record RowImage(FragmentSet base, FragmentSet delta, byte[] baseIdentity, int baseBytes) {
    static final FragmentSet NOTHING = new FragmentSet(List.of(), List.of());
    static final RowImage EMPTY = new RowImage(NOTHING, NOTHING, new byte[0]);

    /** A delta of more than this share of its base is folded into it at once. */
    private static final int FOLD_DIVISOR = 3;

    /** Even beside a tiny base. */
    private static final int ALWAYS_SMALL_ENOUGH_BYTES = 512;

    /**
     * How many times the bytes of the base what rests in the delta is written again before it is folded, on average. Measured on the
     * benchmark's session, the CPU is the same with 1, 2, 3 and 10. In WAL, 2 instead of 3 saves a twentieth of a small write that comes
     * after others and adds as much to a mix of requests; 1 instead of 2 saves another twentieth, adds a tenth, and makes the table
     * nearly twice as large; 10 instead of 3 adds a fifth to such a small write.
     */
    private static final int REWRITES_PER_BASE = 2;

    RowImage(FragmentSet base, FragmentSet delta, byte[] baseIdentity) {
        this(base, delta, baseIdentity, sizeOf(base));
    }

    /** The same base with another delta. */
    RowImage with(FragmentSet otherDelta) {
        return new RowImage(base, otherDelta, baseIdentity, baseBytes);
    }

    /** The same contents, sealed. */
    RowImage as(byte[] identity) {
        return new RowImage(base, delta, identity, baseBytes);
    }

    /** The fragment that counts, for each name. Fragments of several names stand there once for each that they still hold. */
    Map<String, Fragment> effective() {
        Map<String, Fragment> byName =
                new HashMap<>(2 * (base.fragments().size() + delta.fragments().size()));
        for (Fragment fragment : base.fragments()) {
            for (String name : fragment.names()) {
                byName.put(name, fragment);
            }
        }
        for (Fragment fragment : delta.fragments()) {
            for (String name : fragment.names()) {
                byName.put(name, fragment);
            }
        }
        delta.removed().forEach(byName::remove);
        return byName;
    }

    /** The fragment that counts for one name; {@code null} if the session has no such entry. */
    @Nullable
    Fragment effective(String name) {
        if (delta.removed().contains(name)) {
            return null;
        }
        Fragment newest = newest(delta.fragments(), name);
        return newest == null ? newest(base.fragments(), name) : newest;
    }

    private static @Nullable Fragment newest(List<Fragment> fragments, String name) {
        for (int i = fragments.size() - 1; i >= 0; i--) {
            if (fragments.get(i).names().contains(name)) {
                return fragments.get(i);
            }
        }
        return null;
    }

    /** The image after a change, with everything in the delta that differs from this base. */
    RowImage with(Collection<Fragment> changed, Set<String> removed) {
        if (!hasDelta() && removed.isEmpty()) {
            return with(new FragmentSet(List.copyOf(changed), List.of()));
        }
        Set<String> rewritten = new HashSet<>();
        changed.forEach(fragment -> rewritten.addAll(fragment.names()));

        Set<String> gone = new LinkedHashSet<>(delta.removed());
        gone.removeAll(rewritten);
        gone.addAll(removed);

        List<Fragment> fragments = new ArrayList<>();
        for (Fragment fragment : delta.fragments()) {
            if (fragment.names().stream().anyMatch(name -> !rewritten.contains(name) && !gone.contains(name))) {
                fragments.add(fragment);
            }
        }
        fragments.addAll(changed);
        if (!gone.isEmpty()) {
            // A name that nothing carries any more needs nobody to say that it is gone: such names would gather for
            // ever.
            Set<String> carried = new HashSet<>();
            Stream.concat(base.fragments().stream(), fragments.stream())
                    .forEach(fragment -> carried.addAll(fragment.names()));
            gone.retainAll(carried);
        }
        return with(new FragmentSet(fragments, List.copyOf(gone)));
    }

    /**
     * The same contents with everything in the base. A fragment of several names may survive for some of them only; the names
     * that it has lost without another fragment carrying them stay in the delta as removed.
     */
    @SuppressWarnings("ReferenceEquality") // the very fragment counts, not one that looks like it
    RowImage folded() {
        Map<String, Fragment> effective = effective();
        Set<String> lost = new LinkedHashSet<>();
        List<Fragment> surviving = new ArrayList<>();
        for (List<Fragment> part : List.of(base.fragments(), delta.fragments())) {
            for (Fragment fragment : part) {
                boolean survives = false;
                for (String name : fragment.names()) {
                    survives |= effective.get(name) == fragment;
                }
                if (survives) {
                    surviving.add(fragment);
                    for (String name : fragment.names()) {
                        if (!effective.containsKey(name)) {
                            lost.add(name);
                        }
                    }
                }
            }
        }
        return new RowImage(
                new FragmentSet(surviving, List.of()), new FragmentSet(List.of(), List.copyOf(lost)), new byte[0]);
    }

    /** The flags of all that counts, together. */
    int flags() {
        int flags = 0;
        for (Fragment fragment : effective().values()) {
            flags |= fragment.flags();
        }
        return flags;
    }

    /**
     * Whether it is time to write the whole session anew. Each save writes the whole delta: what was changed once and rests since
     * would be written for ever. So a save folds with a probability in proportion to what it would write again, and thereby after
     * a time in which that has cost about twice what the fold does. Nobody has to count, on whatever node the saves happen; and
     * what changes at each request does not drag the base along.
     *
     * @param changed what this very save changes
     * @param chance a random number, evenly distributed from 0 to 1
     */
    boolean foldDue(Collection<Fragment> changed, double chance) {
        double deltaBytes = sizeOf(delta);
        double restingBytes = deltaBytes - sizeOf(changed);
        return (deltaBytes > ALWAYS_SMALL_ENOUGH_BYTES && deltaBytes > (double) baseBytes / FOLD_DIVISOR)
                || chance < restingBytes / ((double) baseBytes * REWRITES_PER_BASE);
    }

    boolean hasDelta() {
        return !delta.fragments().isEmpty() || !delta.removed().isEmpty();
    }

    /** About as many bytes as the contents take before sealing. */
    int sizeBytes() {
        return baseBytes + sizeOf(delta);
    }

    private static int sizeOf(FragmentSet set) {
        return sizeOf(set.fragments());
    }

    private static int sizeOf(Collection<Fragment> fragments) {
        int size = 0;
        for (Fragment fragment : fragments) {
            size += fragment.bytes().length;
            for (String name : fragment.names()) {
                size += name.length() + 2;
            }
        }
        return size;
    }
}
