package dev.holdfast.session;

import java.util.List;
import java.util.Map;

/**
 * Keeps the container's properties and their entries equal: what the container has changed becomes a change of the session, and what
 * came from another node is given to the container. The monitor is held for either, from the arrival on: what has arrived and the
 * container does not know yet would look like its own change. Safe for use by many threads.
 */
final class ContainerProperties {
    private final SessionCopy copy;
    private final ContainerState container;
    private final Entries entries;
    private final EntryCodec codec;

    ContainerProperties(SessionCopy copy, ContainerState container, Entries entries, EntryCodec codec) {
        this.copy = copy;
        this.container = container;
        this.entries = entries;
        this.codec = codec;
    }

    /** Compares the container's properties with the entries and takes over those that differ, as changes by this use. */
    synchronized void takeOver(SessionUse use) {
        Map<String, Object> present = container.properties();
        present.forEach((name, value) -> {
            while (!take(EntryName.ofProperty(name), value, use)) {
                // it has just been saved, or has arrived
                Thread.onSpinWait();
            }
        });
        for (String name : container.propertyNames()) {
            if (!present.containsKey(name)) {
                unset(EntryName.ofProperty(name), use);
            }
        }
    }

    /** @return whether what stood there stood still meanwhile */
    private boolean take(String entry, Object value, SessionUse use) {
        Unit unit = entries.unitOf(entry);
        Object old = unit == null ? null : copy.live(unit, entry);
        boolean plain = codec.isImmutable(value);
        if (unit == null || !(old == value || (plain && value.equals(old)))) {
            Unit changed = entries.set(entry, value, unit);
            if (changed == null) {
                return false;
            }
            use.watch(changed);
        } else if (!plain || unit.stored() == null) {
            use.watch(unit);
        }
        return true;
    }

    /** Not what the container was never given, because this node cannot decode it. */
    private void unset(String entry, SessionUse use) {
        Unit standing;
        do {
            standing = entries.unitOf(entry);
        } while (standing != null && !standing.isUndecodable() && !entries.remove(entry, standing, use));
    }

    /** Gives the container those of the entries that are its properties. To be called while the monitor is held. */
    void restore(List<String> arrived) {
        for (String entry : arrived) {
            if (EntryName.isProperty(entry)) {
                Unit unit = entries.unitOf(entry);
                container.restore(EntryName.plain(entry), unit == null ? null : copy.live(unit, entry));
            }
        }
    }
}
