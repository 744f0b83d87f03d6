package dev.holdfast.breakage;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.jspecify.annotations.Nullable;

/**
 * Defines the rooms of the product anew, tests and all, with some classes broken: so that a test of the engine can be run
 * against a broken engine, in the same JVM as against the sound one. Everything else comes from the parent.
 */
public final class BreakageLoader extends ClassLoader {
    private static final List<String> OWN = List.of(
            "dev.holdfast.tomcat.",
            "dev.holdfast.session.",
            "dev.holdfast.store.",
            "dev.holdfast.codec.",
            "dev.holdfast.crypto.");

    private final ClassFileLocator classFiles;
    private final Map<String, byte[]> broken;

    /**
     * @param breakage what to break; empty: nothing, for comparison
     * @throws OutdatedBreakageException if the product has not what is to be broken
     */
    public BreakageLoader(ClassLoader parent, Optional<Breakage> breakage) {
        super(parent);
        this.classFiles = ClassFileLocator.ForClassLoader.of(parent);
        this.broken = new HashMap<>();
        breakage.ifPresent(present -> broken.putAll(present.classes(classFiles)));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (OWN.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] classFile = classFile(name);
        return defineClass(name, classFile, 0, classFile.length);
    }

    private byte[] classFile(String name) throws ClassNotFoundException {
        byte @Nullable [] rewritten = broken.get(name);
        if (rewritten != null) {
            return rewritten;
        }
        try {
            ClassFileLocator.Resolution resolution = classFiles.locate(name);
            if (resolution.isResolved()) {
                return resolution.resolve();
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        throw new ClassNotFoundException(name);
    }
}
