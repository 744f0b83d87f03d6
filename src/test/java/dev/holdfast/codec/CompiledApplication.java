package dev.holdfast.codec;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** One version of an application: classes compiled from source, in a class loader of its own. */
final class CompiledApplication extends ClassLoader {
    private final Map<String, byte[]> classes = new HashMap<>();

    /** @param sources of one top-level class each, in the package {@code app} */
    CompiledApplication(String... sources) {
        super(CompiledApplication.class.getClassLoader());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> files = new ArrayList<>();
        for (String source : sources) {
            files.add(new Source(source));
        }
        StringBuilder messages = new StringBuilder();
        StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
        boolean done = compiler.getTask(
                        null,
                        new Manager(standard),
                        diagnostic -> messages.append(diagnostic).append('\n'),
                        List.of("-proc:none", "--release", "17"),
                        null,
                        files)
                .call();
        if (!done) {
            throw new AssertionError(messages);
        }
    }

    /** An instance by its constructor without parameters. */
    Object make(String name) {
        try {
            var constructor = loadClass("app." + name).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("app." + name, e);
        }
    }

    static @Nullable Object get(Object owner, String field) {
        for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
            try {
                var found = type.getDeclaredField(field);
                found.setAccessible(true);
                return found.get(owner);
            } catch (NoSuchFieldException e) {
                // perhaps its superclass has it
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("no field " + field);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String code) {
            super(URI.create("string:///app/" + nameIn(code) + ".java"), Kind.SOURCE);
            this.code = "package app; import java.io.*; import java.util.*; " + code;
        }

        private static String nameIn(String code) {
            return code.replaceFirst("(?s).*?\\b(?:class|enum|record|interface) (\\w+).*", "$1");
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }

    private final class Manager extends ForwardingJavaFileManager<JavaFileManager> {
        Manager(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classes.put(className, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
