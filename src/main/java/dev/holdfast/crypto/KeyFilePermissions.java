package dev.holdfast.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who else may read a key file. This is told, not refused: a secret mounted into a container is often readable by everybody
 * in it, and a node that does not start is worse than a warning.
 */
final class KeyFilePermissions {
    private static final Set<PosixFilePermission> NOBODYS_BUSINESS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private KeyFilePermissions() {}

    /** One sentence if others than the owner can reach the key; empty where the file system has no such permissions. */
    static List<String> warnings(Path file) {
        PosixFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, PosixFileAttributes.class);
        } catch (IOException | UnsupportedOperationException e) {
            return List.of();
        }
        Set<PosixFilePermission> tooMuch = EnumSet.copyOf(NOBODYS_BUSINESS);
        // A file of root's that a service reads through its group is as safe as one of its own, and harder to change.
        if (!attributes.owner().getName().equals("root")) {
            tooMuch.add(PosixFilePermission.GROUP_READ);
        }
        tooMuch.retainAll(attributes.permissions());
        if (tooMuch.isEmpty()) {
            return List.of();
        }
        return List.of("the key file " + file + " can be read or changed by others than its owner ("
                + PosixFilePermissions.toString(attributes.permissions())
                + "): who reads it can read and forge every session; chmod 600 " + file);
    }
}
