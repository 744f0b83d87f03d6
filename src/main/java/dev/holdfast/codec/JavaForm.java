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
import org.jspecify.annotations.Nullable;

/**
 * All values of a fragment in one Java serialization stream, after a byte that tells so. For the rare graph with a cycle
 * through an object that the JDK alone can make.
 */
final class JavaForm {
    /** The first byte of such a fragment. */
    static final int FORM = 2;

    private final CodecContext context;

    JavaForm(CodecContext context) {
        this.context = context;
    }

    /** @throws Refused if a value cannot be written; it knows which */
    byte[] encode(Object[] values, Sharing sharing) {
        BoundedBytes bytes = new BoundedBytes(context.settings().maxFragmentBytes());
        bytes.write(FORM);
        int entry = 0;
        try (Writer writer = new Writer(bytes, sharing)) {
            for (; entry < values.length; entry++) {
                writer.writeObject(values[entry]);
            }
        } catch (KryoBufferOverflowException e) {
            throw e;
        } catch (NotSerializableException e) {
            throw refused(
                    new Refused("class " + e.getMessage() + " cannot be written by Java serialization, which a"
                            + " cycle in this graph calls for"),
                    values,
                    entry);
        } catch (IOException | RuntimeException | LinkageError e) {
            throw refused(e, values, Math.min(entry, values.length - 1));
        }
        return bytes.toBytes();
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
        } catch (UndecodableException e) {
            throw e;
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
            throw new UndecodableException(
                    "what Java serialization wrote cannot be read: " + Redacted.where(e), Redacted.of(e));
        }
    }

    private final class Writer extends ObjectOutputStream {
        private final Sharing sharing;
        private final StreamClasses classes = new StreamClasses(context.classes());

        Writer(OutputStream to, Sharing sharing) throws IOException {
            super(to);
            this.sharing = sharing;
            enableReplaceObject(true);
        }

        /** Replaces nothing, but sees every object: whether it may be written, and whether another entry has it too. */
        @Override
        protected @Nullable Object replaceObject(@Nullable Object object) {
            if (object != null) {
                Plan plan = context.plans().of(object.getClass());
                if (plan.isTracked()) {
                    sharing.visit(object, plan);
                }
            }
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
