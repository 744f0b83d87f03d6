package dev.holdfast.crypto;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;

/**
 * Puts new contents in the place of a key file in one step, so that a reader and a crash find the old or the new ones. From
 * {@link #begin} to {@link #close} no other one can begin on the same file.
 */
final class KeyFileReplacement implements AutoCloseable {
    private final Path target;
    private final Path replacement;
    private final SeekableByteChannel channel;
    private List<KeyLines.Line> lines = List.of();
    private boolean inPlace;

    private KeyFileReplacement(Path target, Path replacement, SeekableByteChannel channel) {
        this.target = target;
        this.replacement = replacement;
        this.channel = channel;
    }

    /**
     * Begins a change.
     *
     * @throws InvalidKeysException if it is not a sound key file
     * @throws java.nio.file.FileAlreadyExistsException if another change is under way
     */
    static KeyFileReplacement begin(Path file) throws IOException {
        // A first look, so that nothing is made beside what is no key file, and its messages name the file as it was
        // given.
        KeyLines.ofFile(file);
        // Through a link, so that the link stays one and it is its target that changes.
        Path target = file.toRealPath();
        Path replacement = target.resolveSibling(target.getFileName() + ".new");
        KeyFileReplacement begun = new KeyFileReplacement(target, replacement, OwnerOnlyFile.create(replacement));
        try {
            // Read only now that nobody else can change it: otherwise a key that another has just announced would be
            // lost.
            begun.lines = KeyLines.ofFile(target).lines();
            return begun;
        } catch (RuntimeException e) {
            begun.close();
            throw e;
        }
    }

    /** The lines as they are. */
    List<KeyLines.Line> lines() {
        return lines;
    }

    /** Puts these lines in their place; to be called once. */
    void commit(List<String> after) throws IOException {
        String separator = KeyFileText.read(target).contains("\r\n") ? "\r\n" : "\n";
        OwnerOnlyFile.write(channel, String.join(separator, after));
        channel.close();
        takeOver(target, replacement);
        Files.move(replacement, target, StandardCopyOption.ATOMIC_MOVE);
        inPlace = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!inPlace) {
            Files.deleteIfExists(replacement);
        }
    }

    /** Who may read the file stays who could: a key file that Tomcat can no longer read would stop it at its next start. */
    private static void takeOver(Path from, Path to) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (posix != null) {
            PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
            PosixFileAttributes actual = posix.readAttributes();
            // Permissions last: until then nobody else can open it, whichever group it belongs to.
            if (!actual.owner().equals(wanted.owner())) {
                posix.setOwner(wanted.owner());
            }
            if (!actual.group().equals(wanted.group())) {
                posix.setGroup(wanted.group());
            }
            posix.setPermissions(wanted.permissions());
            return;
        }
        AclFileAttributeView wanted = Files.getFileAttributeView(from, AclFileAttributeView.class);
        AclFileAttributeView actual = Files.getFileAttributeView(to, AclFileAttributeView.class);
        if (wanted != null && actual != null) {
            actual.setAcl(wanted.getAcl());
        }
    }
}
