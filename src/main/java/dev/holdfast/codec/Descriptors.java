package dev.holdfast.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Java serialization descriptors to bytes and back, in the JDK's own form (Java Object Serialization Specification, 6.4.2,
 * {@code classDescInfo} without annotation and superclass), each done once. Parsing loads no class. Safe for use by many
 * threads.
 */
final class Descriptors {
    private static final int MOST = 20_000;

    private final ConcurrentHashMap<Class<?>, byte[]> bytes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ByteBuffer, ObjectStreamClass> parsed = new ConcurrentHashMap<>();

    byte[] bytesOf(ObjectStreamClass descriptor) {
        return bytes.computeIfAbsent(descriptor.forClass(), any -> {
            ByteArrayOutputStream to = new ByteArrayOutputStream(128);
            try (Writer writer = new Writer(to)) {
                writer.write(descriptor);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return to.toByteArray();
        });
    }

    ObjectStreamClass parse(byte[] from, int offset, int length) {
        ObjectStreamClass known = parsed.get(ByteBuffer.wrap(from, offset, length));
        if (known != null) {
            return known;
        }
        byte[] copy = Arrays.copyOfRange(from, offset, offset + length);
        ObjectStreamClass descriptor;
        try (Reader reader = new Reader(new ByteArrayInputStream(copy))) {
            descriptor = reader.descriptor();
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            throw new UndecodableException("the bytes are not well formed: a class descriptor", Redacted.of(e));
        }
        if (parsed.size() < MOST) {
            parsed.put(ByteBuffer.wrap(copy), descriptor);
        }
        return descriptor;
    }

    private static final class Writer extends ObjectOutputStream {
        Writer(OutputStream to) throws IOException {
            super(to);
        }

        void write(ObjectStreamClass descriptor) throws IOException {
            super.writeClassDescriptor(descriptor);
        }

        @Override
        protected void writeStreamHeader() {}
    }

    private static final class Reader extends ObjectInputStream {
        Reader(InputStream from) throws IOException {
            super(from);
        }

        ObjectStreamClass descriptor() throws IOException, ClassNotFoundException {
            return super.readClassDescriptor();
        }

        @Override
        protected void readStreamHeader() {}
    }
}
