package dev.holdfast.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;

/**
 * A stack trace in one Java serialization stream with a length before it. Its elements cannot be made in any other way without losing how
 * they print, and one stream for each would be large.
 */
final class TraceSerializer extends GraphSerializer<StackTraceElement[]> {
    @Override
    void write(Graph graph, GraphOutput out, StackTraceElement[] value) {
        BoundedBytes bytes = graph.sectionBytes();
        bytes.clear();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(value);
        } catch (IOException e) {
            throw new Refused("a stack trace cannot be written: " + Redacted.where(e));
        }
        out.writeVarInt(bytes.count(), true);
        out.writeBytes(bytes.array(), 0, bytes.count());
    }

    @Override
    StackTraceElement[] read(Graph graph, GraphInput in) {
        int length = in.count(1);
        int start = in.position();
        in.skipBytes(length);
        try (ObjectInputStream stream = new Reader(new ByteArrayInputStream(in.getBuffer(), start, length))) {
            stream.setObjectInputFilter(info -> info.arrayLength() > length ? Status.REJECTED : Status.UNDECIDED);
            return (StackTraceElement[]) stream.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new UndecodableException("a stack trace cannot be read: " + Redacted.where(e), null);
        }
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        in.skipBytes(in.count(1));
    }

    private static final class Reader extends ObjectInputStream {
        Reader(ByteArrayInputStream from) throws IOException {
            super(from);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass descriptor) throws IOException {
            for (Class<?> known : new Class<?>[] {StackTraceElement[].class, StackTraceElement.class}) {
                if (known.getName().equals(descriptor.getName())) {
                    return known;
                }
            }
            throw new InvalidClassException("not of a stack trace");
        }
    }
}
