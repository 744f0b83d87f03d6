package dev.holdfast.crypto;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an installation: the first one seals, all of them open. Immutable and safe for use by many threads; shows key
 * ids, never keys, and cannot be serialized.
 */
public final class KeyRing {
    private final List<SealingKey> keys;
    private final List<String> warnings;

    KeyRing(List<SealingKey> keys, List<String> warnings) {
        this.keys = List.copyOf(keys);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Keys from one line of text, separated by blanks or commas: the {@code keys} attribute.
     *
     * @throws InvalidKeysException if there is none, or one of them is not a key or there twice
     */
    public static KeyRing parse(String keys) {
        return new KeyRing(KeyLines.ofAttribute(keys).keys(), List.of());
    }

    /**
     * Keys from a file in UTF-8, one to a line. Blank lines and what follows a {@code #} are comments.
     *
     * @throws InvalidKeysException if the file cannot be read or is larger than 1 MiB, if there is no key in it, or a line is
     *     not a key or repeats one
     */
    public static KeyRing read(Path file) {
        return new KeyRing(KeyLines.ofFile(file).keys(), KeyFilePermissions.warnings(file));
    }

    /** The ids of the keys, 16 hexadecimal digits each, in order: the first one seals. Never empty. */
    public List<String> keyIds() {
        return keys.stream().map(SealingKey::toString).toList();
    }

    /** What an administrator should hear about these keys although they can be used; usually empty. */
    public List<String> warnings() {
        return warnings;
    }

    SealingKey sealing() {
        return keys.get(0);
    }

    @Nullable
    SealingKey find(long id) {
        for (SealingKey key : keys) {
            if (key.id() == id) {
                return key;
            }
        }
        return null;
    }

    /** Key ids, never keys. */
    @Override
    public String toString() {
        return "KeyRing" + keyIds();
    }
}
