package dev.holdfast.codec;

import java.io.Externalizable;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamConstants;
import java.io.ObjectStreamField;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hook of one of the JDK's collections, which writes how many elements there are and then each, and mostly does not notice
 * when another thread changes the collection in between: what it wrote then cannot be read. Here the number is compared with
 * what follows, and can be put right. This reads bytes only, and runs none of the application's code.
 *
 * <p>The forms are those that the JDK documents under {@code @serialData}. Each of these classes is the topmost of its
 * serializable superclasses, so that its part stands first in the {@linkplain SectionOutput section}.
 */
final class CountedHook {
    /** What a comparison can say. */
    enum Verdict {
        AGREES,
        /** The number is not that of the elements. */
        MISCOUNTED,
        /** It is, but null stands where the collection may be showing it for what is just being taken out. */
        DOUBTFUL,
        /** Null stands where the collection cannot have it. */
        HOLED,
        /** Not of the form that was expected. */
        UNKNOWN
    }

    /** What it means that a collection shows null. */
    private enum Nulls {
        /** It cannot have it: it was seen half changed. */
        NEVER,
        /** It has it. */
        TRUE,
        /** It has it, or is just taking something out. */
        DOUBTFUL
    }

    /**
     * @param objectsPerElement how many objects stand for each element
     * @param countOffset where the number stands, in bytes, among the primitive fields or in the block of data
     */
    private record Form(int objectsPerElement, boolean countIsField, int countOffset, int objectsBefore, Nulls nulls) {
        static Form block(int objectsPerElement, int countOffset) {
            return new Form(objectsPerElement, false, countOffset, 0, Nulls.TRUE);
        }

        Form doubtingNulls() {
            return new Form(objectsPerElement, countIsField, countOffset, objectsBefore, Nulls.DOUBTFUL);
        }
    }

    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry("java.util.ArrayList", new Form(1, true, 0, 0, Nulls.TRUE)),
            Map.entry("java.util.LinkedList", Form.block(1, 0).doubtingNulls()),
            Map.entry("java.util.ArrayDeque", new Form(1, false, 0, 0, Nulls.NEVER)),
            Map.entry("java.util.PriorityQueue", new Form(1, true, 0, 0, Nulls.NEVER)),
            Map.entry("java.util.HashSet", Form.block(1, 8)),
            Map.entry("java.util.TreeSet", new Form(1, false, 0, 1, Nulls.TRUE)),
            Map.entry("java.util.HashMap", Form.block(2, 4)),
            Map.entry("java.util.TreeMap", Form.block(2, 0)),
            Map.entry("java.util.Hashtable", Form.block(2, 4)),
            Map.entry("java.util.IdentityHashMap", Form.block(2, 0).doubtingNulls()),
            Map.entry("java.util.EnumMap", Form.block(2, 0).doubtingNulls()));

    private final Form form;
    private final int headerBytes;
    private final int primitiveBytes;
    private final int objectFields;

    private CountedHook(Form form, int serializableClasses, ObjectStreamClass descriptor) {
        this.form = form;
        // the mark of an object; mark, number and end of each descriptor; no further superclass
        this.headerBytes = 1 + 4 * serializableClasses + 1;
        int primitives = 0;
        int objects = 0;
        for (ObjectStreamField field : descriptor.getFields()) {
            switch (field.getTypeCode()) {
                case 'Z', 'B' -> primitives += 1;
                case 'C', 'S' -> primitives += 2;
                case 'I', 'F' -> primitives += 4;
                case 'J', 'D' -> primitives += 8;
                default -> objects++;
            }
        }
        this.primitiveBytes = primitives;
        this.objectFields = objects;
    }

    /** Null if instances of the class are not written by such a hook. */
    static @Nullable CountedHook of(Class<?> type) {
        List<Class<?>> chain = JavaRules.serializableChain(type);
        if (chain.isEmpty() || Externalizable.class.isAssignableFrom(type)) {
            return null;
        }
        Class<?> topmost = chain.get(chain.size() - 1);
        Form form = FORMS.get(topmost.getName());
        return form == null ? null : new CountedHook(form, chain.size(), ObjectStreamClass.lookup(topmost));
    }

    /** Whether the number in a section agrees with what follows. */
    Verdict check(byte[] section, int length) {
        return scan(section, length, false);
    }

    /** Makes the number in a section that of the elements which follow. */
    Verdict mend(byte[] section, int length) {
        return scan(section, length, true);
    }

    private Verdict scan(byte[] section, int length, boolean mend) {
        SectionScan scan = new SectionScan(section, length);
        try {
            if (section[0] != ObjectStreamConstants.TC_OBJECT
                    || section[headerBytes - 1] != ObjectStreamConstants.TC_NULL) {
                return Verdict.UNKNOWN;
            }
            scan.skip(headerBytes);
            int count = form.countIsField() ? scan.position() + form.countOffset() : -1;
            scan.skip(primitiveBytes);
            for (int i = 0; i < objectFields; i++) {
                scan.skipObject();
            }
            int objects = 0;
            int nulls = 0;
            while (!scan.atEndOfData()) {
                int blockBytes = scan.skipIfBlock();
                if (blockBytes < 0) {
                    nulls += scan.skipObject() && objects >= form.objectsBefore() ? 1 : 0;
                    objects++;
                } else if (count < 0 && objects == form.objectsBefore()) {
                    if (blockBytes < form.countOffset() + Integer.BYTES) {
                        return Verdict.UNKNOWN;
                    }
                    count = scan.position() - blockBytes + form.countOffset();
                }
            }
            if (count < 0) {
                return Verdict.UNKNOWN;
            }
            if (nulls > 0 && form.nulls() == Nulls.NEVER) {
                return Verdict.HOLED;
            }
            boolean doubtful = nulls > 0 && form.nulls() == Nulls.DOUBTFUL;
            objects -= form.objectsBefore();
            if (mend && objects % form.objectsPerElement() == 0) {
                scan.putInt(count, objects / form.objectsPerElement());
            }
            if ((long) scan.intAt(count) * form.objectsPerElement() != objects) {
                return Verdict.MISCOUNTED;
            }
            return doubtful ? Verdict.DOUBTFUL : Verdict.AGREES;
        } catch (IndexOutOfBoundsException e) {
            return Verdict.UNKNOWN;
        }
    }
}
