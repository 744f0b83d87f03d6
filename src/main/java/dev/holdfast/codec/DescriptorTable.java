package dev.holdfast.codec;

import java.io.ObjectStreamClass;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Java serialization descriptors of one graph by number, so that each stands there once however many objects are written
 * through their hooks. Before a section stand those that it uses first: varint number, then for each a varint length and the
 * bytes.
 */
final class DescriptorTable {
    private final Descriptors known;
    private final IdentityHashMap<Class<?>, Integer> written = new IdentityHashMap<>();
    private final List<ObjectStreamClass> fresh = new ArrayList<>();
    private final ArrayList<ObjectStreamClass> read = new ArrayList<>();
    private int count;

    DescriptorTable(Descriptors known) {
        this.known = known;
    }

    void reset() {
        if (!written.isEmpty()) {
            written.clear();
        }
        fresh.clear();
        read.clear();
        count = 0;
    }

    /** The number of a class that a section uses. */
    int numberOf(ObjectStreamClass descriptor) {
        Integer number = written.get(descriptor.forClass());
        if (number == null) {
            number = written.size();
            if (number > Character.MAX_VALUE) {
                throw new Refused(
                        "more classes with Java serialization hooks than this version of Holdfast can number");
            }
            written.put(descriptor.forClass(), number);
            fresh.add(descriptor);
        }
        return number;
    }

    /** A section is thrown away: takes back what was numbered for it. */
    void discardFresh() {
        fresh.forEach(descriptor -> written.remove(descriptor.forClass()));
        fresh.clear();
    }

    /** Writes those numbered since the last time. */
    void writeFresh(GraphOutput out) {
        out.writeVarInt(fresh.size(), true);
        for (ObjectStreamClass descriptor : fresh) {
            byte[] bytes = known.bytesOf(descriptor);
            out.writeVarInt(bytes.length, true);
            out.writeBytes(bytes);
        }
        fresh.clear();
    }

    void readFresh(GraphInput in) {
        int number = in.count(1);
        for (int i = 0; i < number; i++) {
            int length = in.count(1);
            ObjectStreamClass descriptor = known.parse(in.getBuffer(), in.position(), length);
            in.skipBytes(length);
            if (count < read.size()) {
                read.set(count, descriptor);
            } else {
                read.add(descriptor);
            }
            count++;
        }
    }

    @Nullable
    ObjectStreamClass get(int number) {
        return number < count ? read.get(number) : null;
    }

    /** How many were read so far. */
    int count() {
        return count;
    }

    void setCount(int descriptorsRead) {
        count = descriptorsRead;
    }
}
