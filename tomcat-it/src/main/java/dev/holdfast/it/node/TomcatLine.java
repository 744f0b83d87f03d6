package dev.holdfast.it.node;

import java.nio.file.Path;

/** A line of Tomcat that Holdfast is shown on. */
public enum TomcatLine {
    TOMCAT_10_1("tomcat10.version"),
    TOMCAT_11_0("tomcat11.version");

    private final String property;

    TomcatLine(String property) {
        this.property = property;
    }

    /** The exact version. */
    public String version() {
        return Workshop.text(property);
    }

    /** The unpacked distribution. */
    public Path home() {
        return Workshop.target().resolve("tomcat").resolve("apache-tomcat-" + version());
    }

    @Override
    public String toString() {
        return "Tomcat " + version();
    }
}
