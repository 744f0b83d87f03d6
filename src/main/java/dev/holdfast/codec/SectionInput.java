package dev.holdfast.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SectionOutput} wrote. */
final class SectionInput extends ObjectInputStream {
    private final DescriptorTable descriptors;
    private final @Nullable Object[] parts;
    private final StreamClasses classes;

    SectionInput(Graph graph, byte[] bytes, int start, int length, @Nullable Object[] parts) throws IOException {
        super(new ByteArrayInputStream(bytes, start, length));
        this.descriptors = graph.descriptors();
        this.parts = parts;
        this.classes = new StreamClasses(graph.context().classes());
        enableResolveObject(true);
        // hooks of the JDK's collections ask before they make room for as many elements as the bytes promise
        long mostElements = 1024 + 64L * parts.length + length;
        setObjectInputFilter(info -> info.arrayLength() > mostElements ? Status.REJECTED : Status.UNDECIDED);
    }

    @Override
    protected @Nullable Object resolveObject(Object object) throws IOException {
        if (object instanceof String token && !token.isEmpty() && token.charAt(0) == SectionOutput.TOKEN) {
            int part;
            try {
                part = Integer.parseInt(token.substring(1), SectionOutput.RADIX);
            } catch (NumberFormatException e) {
                throw new InvalidClassException("not a token");
            }
            if (part < 0 || part >= parts.length) {
                throw new InvalidClassException("a token without a part");
            }
            return parts[part];
        }
        return object;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass descriptor) {
        return classes.resolve(descriptor);
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) {
        return classes.resolveProxy(interfaces);
    }

    @Override
    protected ObjectStreamClass readClassDescriptor() throws IOException {
        ObjectStreamClass descriptor = descriptors.get(readUnsignedShort());
        if (descriptor == null) {
            throw new InvalidClassException("a descriptor is missing");
        }
        return descriptor;
    }

    @Override
    protected void readStreamHeader() {}
}
