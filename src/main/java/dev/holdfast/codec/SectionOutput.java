package dev.holdfast.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Java serialization stream of one object, without header: a class descriptor is the number it has in the graph (two
 * bytes), and each object that is not the root, nor what the root's {@code writeReplace} put in its place, is a token.
 *
 * <p>A token is a string: U+FFFF, which stands in no text, and the position among the section's parts in base 36. Real strings
 * are parts themselves, so in a section every string is a token.
 */
final class SectionOutput extends ObjectOutputStream {
    static final char TOKEN = '\uFFFF';
    static final int RADIX = 36;

    private final Graph graph;
    private final Object root;
    private final List<Object> parts;
    private final StreamClasses classes;
    private @Nullable Class<?> written;
    private boolean rootSeen;

    SectionOutput(BoundedBytes bytes, Graph graph, Object root, List<Object> parts) throws IOException {
        super(bytes);
        this.graph = graph;
        this.root = root;
        this.parts = parts;
        this.classes = new StreamClasses(graph.context().classes());
        enableReplaceObject(true);
    }

    @Override
    protected @Nullable Object replaceObject(@Nullable Object object) {
        if (object == null) {
            return null;
        }
        if (!rootSeen) {
            rootSeen = true;
            if (object == root || graph.context().plans().usesHooks(object.getClass())) {
                written = object.getClass();
                return object;
            }
        }
        parts.add(object);
        return TOKEN + Integer.toString(parts.size() - 1, RADIX);
    }

    /** Whose hooks have written the section; null if the root was replaced by an object of which there is only a token. */
    @Nullable
    Class<?> written() {
        return written;
    }

    @Override
    protected void annotateClass(Class<?> type) {
        classes.requireAdmitted(type);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
        classes.requireAdmitted(type);
    }

    @Override
    protected void writeClassDescriptor(ObjectStreamClass descriptor) throws IOException {
        writeShort(graph.descriptors().numberOf(descriptor));
    }

    @Override
    protected void writeStreamHeader() {}
}
