package dev.holdfast.crypto;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes key files and changes the keys in them. {@link KeyRing#read} says what they look like.
 *
 * <p>A key is changed in two steps, because nodes do not take up a changed file at the same moment, and a node cannot open
 * what is sealed with a key it does not have yet: first every node gets the new key at the end of its file, where it opens and
 * seals nothing; then it is promoted to the front.
 *
 * <p>An existing file is replaced as a whole or not at all; owner, group, permissions, comments and the other keys stay as
 * they are. While that happens, the new contents lie in a file of the same name with {@code .new} at its end, which keeps a
 * second change out.
 */
public final class KeyFile {
    /** What {@link #promote} found. */
    public enum Promotion {
        /** The key is the first of the file now. */
        PROMOTED,
        /** The key was the first already; the file is unchanged. */
        FIRST_ALREADY,
        /** No key of the file has this id; the file is unchanged. */
        NO_SUCH_KEY
    }

    private static final String INTRODUCTION =
            """
            # Holdfast session keys. Whoever reads this file can read and forge every session: keep it
            # as secret as a password, and away from the backups of the database.
            #
            # One key to a line; what follows a # is a comment. The first key seals, all keys open.
            # Every node needs the same file, and takes up a changed one when Tomcat restarts or the
            # application is reloaded. If it is lost, everybody is logged out.
            #
            # To change the key without logging anybody out:
            #   1. keygen --append FILE      adds a key at the end, where it opens and does not seal yet.
            #                                Bring the file to every node.
            #   2. keygen --promote ID FILE  puts that key first: it seals from now on.
            #                                Bring the file to every node again.
            #   3. When check finds no more rows of the old key, delete its line, on every node.

            """;

    private KeyFile() {}

    /** A new random key as text, for the {@code keys} attribute. It is the secret itself. */
    public static String newKey() {
        return KeyText.encode(randomKey());
    }

    /**
     * Makes a file with one new key, readable by its owner alone from its first moment on.
     *
     * @return the key's id
     * @throws FileAlreadyExistsException if there is something of that name, which is left alone
     * @throws NoSuchFileException if its directory does not exist
     */
    public static String create(Path file) throws IOException {
        NewLine added = NewLine.make();
        SeekableByteChannel channel = OwnerOnlyFile.create(file);
        try (channel) {
            OwnerOnlyFile.write(channel, INTRODUCTION + added.text() + "\n");
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return added.keyId();
    }

    /**
     * Adds a new key after all others: it opens and does not seal.
     *
     * @return the key's id
     * @throws InvalidKeysException if the file is not a sound key file; it is unchanged then
     * @throws FileAlreadyExistsException if another change is under way, or one was killed and left its {@code .new} file
     */
    public static String append(Path file) throws IOException {
        try (KeyFileReplacement replacement = KeyFileReplacement.begin(file)) {
            List<String> lines = texts(replacement.lines());
            while (lines.get(lines.size() - 1).isBlank()) {
                lines.remove(lines.size() - 1);
            }
            NewLine added = NewLine.make();
            lines.add(added.text());
            lines.add("");
            replacement.commit(lines);
            return added.keyId();
        }
    }

    /**
     * Puts a key of the file before all others, so that it seals from now on.
     *
     * @param keyId as {@link KeyRing#keyIds} shows it
     * @throws InvalidKeysException if the file is not a sound key file; it is unchanged then
     * @throws FileAlreadyExistsException if another change is under way, or one was killed and left its {@code .new} file
     */
    public static Promotion promote(Path file, String keyId) throws IOException {
        try (KeyFileReplacement replacement = KeyFileReplacement.begin(file)) {
            List<KeyLines.Line> lines = replacement.lines();
            int first = indexOf(lines, key -> true);
            int wanted = indexOf(lines, key -> key.toString().equals(keyId));
            if (wanted < 0) {
                return Promotion.NO_SUCH_KEY;
            }
            if (wanted == first) {
                return Promotion.FIRST_ALREADY;
            }
            List<String> reordered = texts(lines);
            reordered.add(first, reordered.remove(wanted));
            replacement.commit(reordered);
            return Promotion.PROMOTED;
        }
    }

    private static int indexOf(List<KeyLines.Line> lines, Predicate<SealingKey> wanted) {
        for (int i = 0; i < lines.size(); i++) {
            SealingKey key = lines.get(i).key();
            if (key != null && wanted.test(key)) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> texts(List<KeyLines.Line> lines) {
        return new ArrayList<>(lines.stream().map(KeyLines.Line::text).toList());
    }

    private static byte[] randomKey() {
        byte[] key = new byte[Xaes256Gcm.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** The line of a new key, its id and date behind it so that they move with it. */
    private record NewLine(String keyId, String text) {
        static NewLine make() {
            byte[] key = randomKey();
            String id = new SealingKey(key).toString();
            String made = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            return new NewLine(id, KeyText.encode(key) + "  # id " + id + ", made " + made);
        }

        /** Not the text: that holds the key. */
        @Override
        public String toString() {
            return "NewLine[" + keyId + "]";
        }
    }
}
