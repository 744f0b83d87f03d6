package dev.holdfast.codec;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import org.jspecify.annotations.Nullable;

/**
 * All values of a fragment in one Java serialization stream, after a byte that tells so. For the rare graph with a cycle
 * through an object that the JDK alone can make.
 */
final class JavaForm {
    /** The first byte of such a fragment. */
    static final int FORM = 2;

    private static final int MOST_ATTEMPTS = 16;

    private final CodecContext context;
    private final Wariness wariness = new Wariness();

    JavaForm(CodecContext context) {
        this.context = context;
    }

    /**
     * Collections of the JDK's are written as copies that stand still. Objects with hooks that another thread may overtake are
     * not: where there are such, two equal streams in a row must show that nothing has changed, as {@link Sections} has it, or
     * else the fragment is marked as one to be proved.
     *
     * @throws Refused if a value cannot be written; it knows which
     */
    byte[] encode(Object[] values, Sharing sharing) {
        Written first = write(values, sharing);
        int tearable = first.tearable();
        if (tearable < 0) {
            return first.bytes();
        }
        if (wariness.isWary()) {
            sharing.doubt(tearable);
            return first.bytes();
        }
        Written second = write(values, sharing);
        if (!Arrays.equals(first.bytes(), second.bytes())) {
            wariness.alarm();
            sharing.doubt(tearable);
        }
        return second.bytes();
    }

    /** @param tearable the first of the values in which there is something whose hooks can be overtaken; -1 if there is none */
    private record Written(byte[] bytes, int tearable) {}

    /** Repeats what fails because another thread changes an object meanwhile. */
    @SuppressWarnings("ThreadPriorityCheck") // politeness: nothing depends on it
    private Written write(Object[] values, Sharing sharing) {
        for (int attempt = 1; ; attempt++) {
            try {
                return writeOnce(values, sharing);
            } catch (ConcurrentModificationException | IndexOutOfBoundsException e) {
                wariness.alarm();
                if (attempt == MOST_ATTEMPTS) {
                    throw new Refused(
                            "something in it was being changed by another request at each attempt to encode it");
                }
                Thread.yield();
            }
        }
    }

    private Written writeOnce(Object[] values, Sharing sharing) {
        BoundedBytes bytes = new BoundedBytes(context.settings().maxFragmentBytes());
        bytes.write(FORM);
        int entry = 0;
        int tearable = -1;
        try (Writer writer = new Writer(bytes, sharing)) {
            for (; entry < values.length; entry++) {
                writer.writeObject(values[entry]);
                if (writer.mayTear && tearable < 0) {
                    tearable = entry;
                }
            }
        } catch (KryoBufferOverflowException | ConcurrentModificationException | IndexOutOfBoundsException e) {
            throw e;
        } catch (NotSerializableException e) {
            throw refused(
                    new Refused("class " + e.getMessage() + " cannot be written by Java serialization, which a"
                            + " cycle in this graph calls for"),
                    values,
                    entry);
        } catch (Throwable t) {
            throw refused(t, values, Math.min(entry, values.length - 1));
        }
        return new Written(bytes.toBytes(), tearable);
    }

    private static RuntimeException refused(Throwable thrown, Object[] values, int entry) {
        RuntimeException refusal = Refused.at(thrown, values[entry], "");
        if (refusal instanceof Refused refused) {
            refused.setEntry(entry);
        }
        return refusal;
    }

    Object[] decode(byte[] bytes, int count) {
        Object[] values = new Object[count];
        try (InputStream in = new ByteArrayInputStream(bytes, 1, bytes.length - 1);
                Reader reader = new Reader(in, bytes.length)) {
            for (int i = 0; i < count; i++) {
                Object value = reader.readObject();
                if (value == null) {
                    throw new UndecodableException("a value resolves to null", null);
                }
                values[i] = value;
            }
            if (in.available() != 0) {
                throw new UndecodableException(
                        "the bytes are not well formed: there are more than were expected", null);
            }
            return values;
        } catch (Throwable t) {
            throw Undecodable.because("what Java serialization wrote cannot be read: ", t);
        }
    }

    private final class Writer extends ObjectOutputStream {
        private final Sharing sharing;
        private final StreamClasses classes = new StreamClasses(context.classes());
        private boolean mayTear;

        Writer(OutputStream to, Sharing sharing) throws IOException {
            super(to);
            this.sharing = sharing;
            enableReplaceObject(true);
        }

        /** Sees every object: whether it may be written, whether another entry has it too, and whether it stands still. */
        @Override
        protected @Nullable Object replaceObject(@Nullable Object object) {
            if (object == null) {
                return null;
            }
            Plan plan = context.plans().of(object.getClass());
            if (plan.isTracked()) {
                sharing.visit(object, plan);
            }
            if (plan.registration().getSerializer() instanceof Snapshotting snapshotting) {
                try {
                    return snapshotting.copy(object);
                } catch (StackOverflowError e) {
                    // an element whose hash code leads through the collection itself: it can be written, if not be
                    // copied
                    mayTear = true;
                    return object;
                }
            }
            mayTear |= context.traitsOf(object.getClass()).mayTear();
            return object;
        }

        @Override
        protected void annotateClass(Class<?> type) {
            classes.requireAdmitted(type);
        }

        @Override
        protected void annotateProxyClass(Class<?> type) {
            classes.requireAdmitted(type);
        }
    }

    private final class Reader extends ObjectInputStream {
        private final StreamClasses classes = new StreamClasses(context.classes());

        Reader(InputStream from, int length) throws IOException {
            super(from);
            long maxDepth = context.settings().maxDepth();
            long mostElements = 1024 + 64L * length;
            setObjectInputFilter(info ->
                    info.arrayLength() > mostElements || info.depth() > maxDepth ? Status.REJECTED : Status.UNDECIDED);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass descriptor) {
            return classes.resolve(descriptor);
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) {
            return classes.resolveProxy(interfaces);
        }
    }
}
