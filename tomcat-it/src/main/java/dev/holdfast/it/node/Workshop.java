package dev.holdfast.it.node;

import java.nio.file.Path;

/** Where the build put what a node is made of. The paths are system properties that the build sets. */
public final class Workshop {
    private Workshop() {}

    /** The project's root folder. */
    public static Path root() {
        return path("holdfast.root");
    }

    /** The JAR for Tomcat's {@code lib}. */
    public static Path allJar() {
        return path("holdfast.jar");
    }

    /** The build's folder for whatever is made. */
    public static Path target() {
        return path("holdfast.target");
    }

    /** The sample application, an exploded war. */
    public static Path shop() {
        return target().resolve("shop");
    }

    /** A file of the folder of examples for administrators. */
    public static Path example(String name) {
        return root().resolve("conf-examples").resolve(name);
    }

    static Path path(String property) {
        return Path.of(text(property)).toAbsolutePath().normalize();
    }

    static String text(String property) {
        String value = System.getProperty(property);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("system property " + property + " is not set: run this through Maven");
        }
        return value;
    }
}
