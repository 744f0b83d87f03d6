package dev.holdfast.breakage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import net.bytebuddy.dynamic.ClassFileLocator;

/** Makes a copy of the product's JAR that is broken in one way. */
public final class BreakageJar {
    private BreakageJar() {}

    /**
     * Writes the broken JAR, over whatever stands there.
     *
     * @throws OutdatedBreakageException if the product has not what is to be broken
     */
    public static Path of(Path allJar, Breakage breakage, Path target) {
        try (JarFile original = new JarFile(allJar.toFile())) {
            Map<String, byte[]> broken = breakage.classes(new ClassFileLocator.ForJarFile(original));
            Set<String> missing = new HashSet<>(broken.keySet());
            Files.createDirectories(target.toAbsolutePath().getParent());
            try (JarOutputStream copy = new JarOutputStream(Files.newOutputStream(target))) {
                for (Enumeration<JarEntry> entries = original.entries(); entries.hasMoreElements(); ) {
                    JarEntry entry = entries.nextElement();
                    copy.putNextEntry(new JarEntry(entry.getName()));
                    String className = className(entry.getName());
                    byte[] rewritten = broken.get(className);
                    if (rewritten == null) {
                        try (InputStream content = original.getInputStream(entry)) {
                            content.transferTo(copy);
                        }
                    } else {
                        copy.write(rewritten);
                        missing.remove(className);
                    }
                    copy.closeEntry();
                }
            }
            if (!missing.isEmpty()) {
                throw new OutdatedBreakageException(allJar.getFileName() + " has no " + missing);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot break " + allJar, e);
        }
    }

    private static String className(String entry) {
        return entry.endsWith(".class")
                ? entry.substring(0, entry.length() - ".class".length()).replace('/', '.')
                : entry;
    }
}
