package dev.holdfast.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The JARs that this build has just made. */
final class Jars {
    private Jars() {}

    static Path thin() {
        return built("holdfast.jar.thin");
    }

    static Path all() {
        return built("holdfast.jar.all");
    }

    static Path built(String property) {
        String path = System.getProperty(property, "");
        if (path.isEmpty()) {
            throw new IllegalStateException(
                    property + " is not set: run this by mvn verify, which builds the JARs first");
        }
        return Path.of(path);
    }

    /** The names of the files in a JAR, folders left out. */
    static List<String> files(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(Path jar, String name) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new IllegalStateException(jar.getFileName() + " has no " + name);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
