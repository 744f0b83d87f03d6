package dev.holdfast.session;

import dev.holdfast.codec.Fragment;
import dev.holdfast.codec.UndecodableException;
import dev.holdfast.store.IdHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * This node's copy of one session, shared by all requests that use it here, so that they see the same objects.
 *
 * <p>Three locks. {@link #conversation} is held while the database is asked about this session; it makes the answers arrive in the
 * order in which they were asked for. {@link #properties} is held while the container's properties are compared with the entries or
 * set from them. The monitor guards the picture in memory; it is held for moments, and never while application code runs (decoding
 * and encoding do run some). Where several are taken, it is in this order.
 */
public final class SessionCopy {
    /** Where the session stands, as far as this node knows. */
    enum Life {
        /** No row yet. */
        NEW,
        /** There is a row. */
        STORED,
        /** Invalidated, expired, or gone without this node's doing. */
        ENDED
    }

    final ReentrantLock conversation = new ReentrantLock();

    private final Object properties = new Object();

    private final SessionEngine engine;
    private final EntryCodec codec;
    private final ContainerState container;
    private final ConcurrentMap<String, Object> attributes = new AttributeMap(this);
    private final ConcurrentHashMap<String, Unit> units = new ConcurrentHashMap<>();
    private final Set<SessionUse> uses = Collections.newSetFromMap(new WeakHashMap<>());
    /** What happens outside any request: on threads of the application's own, in a WebSocket, in an error page. */
    private final SessionUse strays = new SessionUse();

    private volatile Life life = Life.NEW;
    private volatile @Nullable IdHash key;
    private volatile @Nullable String sessionId;
    private volatile long birth = ThreadLocalRandom.current().nextLong();
    private volatile long revision;
    private RowImage image = RowImage.EMPTY;
    private volatile long sizeBytes = IdleCopies.sizeBytes(0, 0);
    private volatile long saves;
    private volatile long touchDueNanos = Long.MAX_VALUE;
    private volatile boolean nodeLocalValues;
    private long lostBaselines;

    SessionCopy(SessionEngine engine, EntryCodec codec, ContainerFactory factory) {
        this.engine = engine;
        this.codec = codec;
        this.container = factory.containerFor(this);
    }

    /** Makes the container's side of a copy. */
    @FunctionalInterface
    public interface ContainerFactory {
        /** Called once, while the copy is being made: it may be kept, and not yet be asked anything. */
        ContainerState containerFor(SessionCopy copy);
    }

    // What the glue may see

    /** The container's side, as its factory made it. */
    public ContainerState container() {
        return container;
    }

    /** The attributes as a live map: reading decodes, and every access counts as a use by the present request. */
    public ConcurrentMap<String, Object> attributes() {
        return attributes;
    }

    /** Whether the session may still be saved. */
    public boolean isAlive() {
        return life != Life.ENDED;
    }

    /** The id by which logs name this session. */
    public String logName() {
        return String.valueOf(key);
    }

    SessionEngine engine() {
        return engine;
    }

    // Identity and life

    IdHash key() {
        return Objects.requireNonNull(key, "a session that has begun");
    }

    String sessionId() {
        return Objects.requireNonNull(sessionId, "a session that has begun");
    }

    long birth() {
        return birth;
    }

    void bornAs(long number) {
        birth = number;
    }

    boolean hasBegun() {
        return key != null;
    }

    void identify(IdHash newKey, String newSessionId) {
        key = newKey;
        sessionId = newSessionId;
    }

    Life life() {
        return life;
    }

    long revision() {
        return revision;
    }

    synchronized RowImage image() {
        return image;
    }

    void end() {
        life = Life.ENDED;
    }

    /** About as many bytes as this copy takes in memory. */
    long sizeBytes() {
        return sizeBytes;
    }

    private void become(RowImage inRow) {
        image = inRow;
        sizeBytes = IdleCopies.sizeBytes(units.size(), inRow.sizeBytes());
    }

    /** Says when the next access must be recorded, measured on this machine's own steady clock. */
    void touchDueAt(long nanoTime) {
        touchDueNanos = nanoTime;
    }

    long touchDueNanos() {
        return touchDueNanos;
    }

    boolean touchDue() {
        return touchDueNanos != Long.MAX_VALUE && System.nanoTime() - touchDueNanos >= 0;
    }

    // Uses

    synchronized void join(SessionUse use) {
        uses.add(use);
    }

    synchronized void leave(SessionUse use) {
        uses.remove(use);
    }

    synchronized boolean isInUse() {
        return !uses.isEmpty();
    }

    /** Whether more requests use it than so many. */
    synchronized boolean isInUseBeside(int own) {
        return uses.size() > own;
    }

    boolean holdsNodeLocalValues() {
        return nodeLocalValues;
    }

    void keepsNodeLocalValue() {
        nodeLocalValues = true;
    }

    SessionUse strays() {
        return strays;
    }

    private synchronized List<SessionUse> everyUse() {
        List<SessionUse> all = new ArrayList<>(uses);
        all.add(strays);
        return all;
    }

    private SessionUse presentUse() {
        SessionUse use = RequestScope.useOnThisThread(this);
        return use == null ? strays : use;
    }

    private void strayChanged(SessionUse use) {
        if (use == strays) {
            engine.strayChange(this);
        }
    }

    // Entries

    /** A value without its being a use of the session. */
    @Nullable
    Object peek(String entry) {
        Unit unit = units.get(entry);
        return unit == null ? null : live(unit, entry);
    }

    @Nullable
    Object get(String entry) {
        Unit unit = units.get(entry);
        if (unit == null) {
            return null;
        }
        Object value = live(unit, entry);
        if (value != null) {
            presentUse().touch(unit);
        }
        return value;
    }

    @Nullable
    Object put(String entry, Object value) {
        Unit before = units.get(entry);
        Object old = before == null ? null : live(before, entry);
        if (EntryName.isAttribute(entry) && !engine.settings().storable().test(EntryName.plain(entry))) {
            nodeLocalValues = true;
        }
        SessionUse use = presentUse();
        if (before != null && old == value) {
            use.touch(before);
        } else {
            Unit after = Unit.ofValue(entry, value, before);
            use.touch(after);
            if (before != null) {
                // What shared an object with the old value is looked at too: the group has changed.
                use.touch(before);
            }
            units.put(entry, after);
        }
        strayChanged(use);
        return old;
    }

    @Nullable
    Object remove(String entry) {
        Unit before = units.get(entry);
        Object old = before == null ? null : live(before, entry);
        SessionUse use = presentUse();
        synchronized (this) {
            if (units.remove(entry) == null) {
                return null;
            }
            use.remove(entry);
        }
        if (before != null && before.names().size() > 1) {
            use.touch(before);
        }
        strayChanged(use);
        return old;
    }

    Set<String> attributeNames() {
        Set<String> names = new HashSet<>();
        units.forEach((entry, unit) -> {
            if (EntryName.isAttribute(entry) && !unit.isUndecodable()) {
                names.add(EntryName.plain(entry));
            }
        });
        return names;
    }

    private @Nullable Object live(Unit unit, String entry) {
        Object value;
        try {
            value = unit.value(entry, codec);
        } catch (UndecodableException e) {
            engine.undecodable(key(), e);
            return null;
        }
        if (value != null && EntryName.isAttribute(entry) && unit.firstArrival(entry)) {
            container.attributeActivated(EntryName.plain(entry), value);
        }
        return value;
    }

    // Finding out what has changed

    /**
     * What the given uses have changed, encoded now. Runs application code: no lock may be held.
     *
     * @param own the uses whose changes are wanted; the container's properties count as the first one's
     */
    Change changesBy(List<SessionUse> own) {
        long encodedAt = saves;
        takeProperties(own.get(0));

        Set<Unit> mine = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<String> removed = new LinkedHashSet<>();
        for (SessionUse use : own) {
            use.addTouchedTo(mine);
            removed.addAll(use.removed());
        }
        addHeirs(mine, removed);
        // Others' units are encoded along, only to see whether they share an object with one of mine.
        Set<Unit> all = Collections.newSetFromMap(new IdentityHashMap<>());
        everyUse().forEach(use -> use.addTouchedTo(all));
        all.addAll(mine);

        return new ChangeFinder(codec, units, engine.settings().storable()).find(mine, all, removed, encodedAt);
    }

    /**
     * Whoever changed an entry answers for it, also where another request has replaced or removed it since and not saved that yet:
     * what the first one did would otherwise be acknowledged and nowhere.
     */
    private void addHeirs(Set<Unit> mine, Set<String> removed) {
        List<String> concerned = new ArrayList<>(removed);
        mine.forEach(unit -> concerned.addAll(unit.names()));
        for (String entry : concerned) {
            Unit standing = units.get(entry);
            if (standing != null) {
                removed.remove(entry);
                if (standing.isUnsaved()) {
                    mine.add(standing);
                }
            } else if (pendingRemovals().contains(entry)) {
                removed.add(entry);
            }
        }
    }

    /** What requests have removed and not saved yet: it stays away, whatever arrives. */
    private Set<String> pendingRemovals() {
        Set<String> pending = new HashSet<>();
        everyUse().forEach(use -> pending.addAll(use.removed()));
        return pending;
    }

    /** Whether somebody on this node has saved, replaced, or set one of these entries after it was encoded. */
    boolean isStale(Change change) {
        return change.removed().stream().anyMatch(units::containsKey)
                || change.units().keySet().stream()
                        .anyMatch(unit -> unit.savedAt() > change.encodedAt()
                                || unit.names().stream().anyMatch(entry -> !unit.countsBeside(units.get(entry))));
    }

    /** Whether the row would be another one with this change. */
    synchronized boolean isChangedBy(Change change) {
        return !change.units().isEmpty()
                || (!change.removed().isEmpty()
                        && !Collections.disjoint(image.effective().keySet(), change.removed()));
    }

    /**
     * Compares the container's properties with the entries and takes over those that differ, as changes by this use. Never while
     * a row is being taken over: what the container does not know yet would look like its own change.
     */
    void takeProperties(SessionUse use) {
        synchronized (properties) {
            compareProperties(use);
        }
    }

    private void compareProperties(SessionUse use) {
        Map<String, Object> present = new HashMap<>();
        container.properties().forEach((name, value) -> present.put(EntryName.ofProperty(name), value));
        present.forEach((entry, value) -> {
            Unit unit = units.get(entry);
            Object old = unit == null ? null : live(unit, entry);
            boolean plain = codec.isImmutable(value);
            if (unit == null || !(old == value || (plain && value.equals(old)))) {
                Unit changed = Unit.ofValue(entry, value, unit);
                units.put(entry, changed);
                use.touch(changed);
            } else if (!plain || unit.stored() == null) {
                use.touch(unit);
            }
        });
        for (String entry : units.keySet()) {
            if (EntryName.isProperty(entry) && !present.containsKey(entry)) {
                synchronized (this) {
                    units.remove(entry);
                    use.remove(entry);
                }
            }
        }
    }

    // Taking over what the row holds

    /** The picture becomes the row's, except for what this node has changed and not saved yet. */
    void refresh(RowImage fresh, long freshRevision) {
        synchronized (properties) {
            restoreProperties(arrived(fresh, freshRevision));
        }
    }

    /** @return the entries that are others now */
    private List<String> arrived(RowImage fresh, long freshRevision) {
        List<String> changed = new ArrayList<>();
        synchronized (this) {
            Map<String, Fragment> arriving = fresh.effective();
            Set<String> pending = pendingRemovals();
            IdentityHashMap<Fragment, Unit> groups = new IdentityHashMap<>();
            arriving.forEach((entry, fragment) -> {
                Unit held = units.get(entry);
                if (held == null) {
                    if (!pending.contains(entry)) {
                        units.put(entry, unitOf(fragment, arriving, groups));
                        changed.add(entry);
                    }
                } else if (!fragment.equals(held.stored())) {
                    if (held.isUnsaved()) {
                        loseBaseline(held);
                    } else {
                        held.overtake();
                        units.put(entry, unitOf(fragment, arriving, groups));
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
                    units.remove(entry);
                    changed.add(entry);
                }
            });
            become(fresh);
            revision = freshRevision;
            if (life == Life.NEW) {
                life = Life.STORED;
            }
        }
        return changed;
    }

    /** One unit for each fragment, of those names for which the fragment counts. */
    @SuppressWarnings("ReferenceEquality") // the very fragment counts, not one that looks like it
    private static Unit unitOf(
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

    private void restoreProperties(List<String> entries) {
        for (String entry : entries) {
            if (EntryName.isProperty(entry)) {
                Unit unit = units.get(entry);
                container.restore(EntryName.plain(entry), unit == null ? null : live(unit, entry));
            }
        }
    }

    /** The row now holds this change. */
    void saved(Change change, RowImage written, long newRevision) {
        synchronized (this) {
            long at = ++saves;
            Set<String> pending = pendingRemovals();
            change.units().forEach((unit, fragment) -> {
                unit.saved(fragment, at);
                for (String entry : unit.names()) {
                    Unit held = units.get(entry);
                    // An older object that was changed after a newer copy arrived has the last word, unless set anew
                    // here.
                    if (held == unit || (held == null && pending.contains(entry))) {
                        continue;
                    }
                    if (held != null && held.isUnsaved()) {
                        loseBaseline(held);
                    } else {
                        units.put(entry, unit);
                    }
                }
            });
            become(written);
            revision = newRevision;
            life = Life.STORED;
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

    @Override
    public String toString() {
        return "SessionCopy[" + logName() + ", " + life + "]";
    }
}
