package dev.holdfast.packaging;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Class loaders as Tomcat has them: the -all JAR beside Tomcat's own JARs, with nothing but the JDK above and an
 * application below. Nothing else of this build's class path is visible in there.
 */
final class TomcatLib implements AutoCloseable {
    private static final String INSIDE = TomcatLib.class.getPackageName() + ".inside.";

    private final URLClassLoader lib;

    /** @param others what else an administrator has put there */
    TomcatLib(Path... others) {
        Stream<Path> tomcat =
                classPath().filter(jar -> jar.getFileName().toString().startsWith("tomcat-"));
        Stream<Path> carried = Stream.concat(Stream.of(Jars.all()), Stream.of(others));
        lib = new URLClassLoader(urls(Stream.concat(tomcat, carried)), ClassLoader.getPlatformClassLoader());
    }

    /**
     * Runs a class of the package {@code inside} as code of an application.
     *
     * @param jars what the application has in its WEB-INF/lib
     */
    String run(Class<? extends Function<Map<String, String>, String>> code, Map<String, String> input, Path... jars)
            throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (Application application = new Application(urls(Stream.of(jars)), lib)) {
            thread.setContextClassLoader(application);
            @SuppressWarnings("unchecked") // the same class, defined anew
            Function<Map<String, String>, String> same = (Function<Map<String, String>, String>) application
                    .loadClass(code.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            return same.apply(input);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The JAR on this build's class path whose file name begins so. */
    static Path fromClassPath(String fileName) {
        List<Path> found = classPath()
                .filter(jar -> jar.getFileName().toString().startsWith(fileName))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException("one JAR " + fileName + "* expected on the class path, found " + found);
        }
        return found.get(0);
    }

    private static Stream<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of);
    }

    private static URL[] urls(Stream<Path> paths) {
        return paths.map(TomcatLib::url).toArray(URL[]::new);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() throws IOException {
        lib.close();
    }

    /** Defines the classes of the package {@code inside} itself, from this build's own files. */
    private static final class Application extends URLClassLoader {
        Application(URL[] jars, ClassLoader lib) {
            super(jars, lib);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.startsWith(INSIDE)) {
                return super.findClass(name);
            }
            String file = "/" + name.replace('.', '/') + ".class";
            try (InputStream in = TomcatLib.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
