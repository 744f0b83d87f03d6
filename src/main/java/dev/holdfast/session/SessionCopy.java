package dev.holdfast.session;

import dev.holdfast.codec.UndecodableException;
import dev.holdfast.store.IdHash;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * This node's copy of one session, shared by all requests that use it here, so that they see the same objects.
 *
 * <p>Four locks. {@link #turn} keeps order among those who save. {@link #conversation} is held while the database is asked about
 * this session; it makes the answers arrive in the order in which they were asked for. That of the {@link ContainerProperties} is held
 * while they are compared with the entries or set from them. The monitor of the {@link Entries} guards the picture in
 * memory; it is held for moments, and never while application code runs (decoding and encoding do run some). Where several are
 * taken, it is in this order, and those of the {@link Uses} come last.
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

    final Conversation conversation = new Conversation();

    /**
     * Whoever saves has it while writing, and who could not for others' saves while encoding too. Encoding may have to wait for what one
     * of the others holds: nobody waits for a turn for long, and who gets none goes on without.
     */
    final ReentrantLock turn = new ReentrantLock(true);

    private final SessionEngine engine;
    private final EntryCodec codec;
    private final ContainerState container;
    private final ConcurrentMap<String, Object> attributes = new AttributeMap(this);
    private final Uses uses = new Uses();
    private final Entries entries = new Entries(uses);
    private final ContainerProperties properties;

    private volatile Life life = Life.NEW;
    private volatile @Nullable IdHash key;
    private volatile @Nullable String sessionId;
    private volatile long birth = ThreadLocalRandom.current().nextLong();
    private volatile long touchDueNanos = Long.MAX_VALUE;
    private volatile boolean nodeLocalValues;

    SessionCopy(SessionEngine engine, EntryCodec codec, ContainerFactory factory) {
        this.engine = engine;
        this.codec = codec;
        this.container = factory.containerFor(this);
        this.properties = new ContainerProperties(this, container, entries, codec);
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
        return entries.revision();
    }

    RowImage image() {
        return entries.image();
    }

    /** @return whether it was this call that ended it: whoever did tells the container, or has it tell others */
    boolean end() {
        synchronized (entries) {
            boolean ends = isAlive();
            life = Life.ENDED;
            return ends;
        }
    }

    /** About as many bytes as this copy takes in memory. */
    long sizeBytes() {
        return entries.sizeBytes();
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

    void join(SessionUse use) {
        uses.join(use);
    }

    void leave(SessionUse use) {
        uses.leave(use);
    }

    boolean isInUse() {
        return isInUseBeside(0);
    }

    /** Whether more requests use it than so many. */
    boolean isInUseBeside(int own) {
        return uses.requests() > own;
    }

    boolean holdsNodeLocalValues() {
        return nodeLocalValues;
    }

    void keepsNodeLocalValue() {
        nodeLocalValues = true;
    }

    /** What happens to it outside any request. */
    SessionUse strays() {
        return uses.strays();
    }

    private SessionUse presentUse() {
        SessionUse use = RequestScope.useOnThisThread(this);
        return use == null ? strays() : use;
    }

    private void strayChanged(SessionUse use) {
        if (use == strays() || use.hasEnded()) {
            engine.strayChange(this);
        }
    }

    // Entries

    Entries entries() {
        return entries;
    }

    /** A value without its being a use of the session. */
    @Nullable
    Object peek(String entry) {
        Unit unit = entries.unitOf(entry);
        return unit == null ? null : live(unit, entry);
    }

    @Nullable
    Object get(String entry) {
        Unit unit = entries.unitOf(entry);
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
        if (EntryName.isAttribute(entry) && !engine.settings().storable().test(EntryName.plain(entry))) {
            nodeLocalValues = true;
        }
        SessionUse use = presentUse();
        Unit before;
        Unit after;
        Object old;
        do {
            before = entries.unitOf(entry);
            old = before == null ? null : live(before, entry);
            after = before != null && old == value ? before : entries.set(entry, value, before);
        } while (after == null);
        use.touch(after);
        if (before != null && before != after) {
            leftBy(before, use);
        }
        strayChanged(use);
        return old;
    }

    @Nullable
    Object remove(String entry) {
        SessionUse use = presentUse();
        Unit before;
        Object old;
        do {
            before = entries.unitOf(entry);
            if (before == null) {
                return null;
            }
            old = live(before, entry);
        } while (!entries.remove(entry, before, use));
        leftBy(before, use);
        strayChanged(use);
        return old;
    }

    /** What shared an object with the value that has left is looked at too: the group has changed. */
    private static void leftBy(Unit before, SessionUse use) {
        if (before.names().size() > 1) {
            use.touch(before);
        } else {
            use.forget(before);
        }
    }

    Set<String> attributeNames() {
        Set<String> names = new HashSet<>();
        entries.units().forEach((entry, unit) -> {
            if (EntryName.isAttribute(entry) && !unit.isUndecodable()) {
                names.add(EntryName.plain(entry));
            }
        });
        return names;
    }

    @Nullable
    Object live(Unit unit, String entry) {
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
     * What the given uses have changed, encoded now. Runs application code: no lock may be held, except for the {@link #turn}, for
     * which nobody waits for long.
     *
     * @param own the uses whose changes are wanted; the container's properties count as the first one's
     */
    Change changesBy(List<SessionUse> own) {
        long encodedAt = entries.saves();
        takeProperties(own.get(0));

        Set<Unit> mine = Candidates.noUnits();
        Set<String> removed = new LinkedHashSet<>();
        for (SessionUse use : own) {
            use.addTouchedTo(mine);
            removed.addAll(use.removed());
        }
        entries.addHeirs(mine, removed);
        // Others' units are encoded along, only to see whether they share an object with one of mine.
        Set<Unit> others = Candidates.noUnits();
        for (SessionUse use : uses.all()) {
            if (!own.contains(use)) {
                use.addTouchedTo(others);
            }
        }
        return new ChangeFinder(codec, entries.units(), engine.settings().storable())
                .find(mine, others, removed, encodedAt);
    }

    /** Takes over what the container has changed of its properties, as changes by this use. */
    void takeProperties(SessionUse use) {
        properties.takeOver(use);
    }

    // Taking over what the row holds

    /** The picture becomes the row's, except for what this node has changed and not saved yet. */
    void refresh(RowImage fresh, long freshRevision) {
        synchronized (properties) {
            List<String> changed = entries.arrived(fresh, freshRevision);
            if (life == Life.NEW) {
                life = Life.STORED;
            }
            properties.restore(changed);
        }
    }

    /** The row now holds this change. */
    void saved(Change change, RowImage written, long newRevision) {
        entries.saved(change, written, newRevision);
        life = Life.STORED;
    }

    @Override
    public String toString() {
        return "SessionCopy[" + logName() + ", " + life + "]";
    }
}
