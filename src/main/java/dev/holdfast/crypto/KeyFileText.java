package dev.holdfast.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads a key file as text, and says in an administrator's words why it cannot. */
final class KeyFileText {
    private static final int MAX_BYTES = 1 << 20;

    private KeyFileText() {}

    /** @throws InvalidKeysException if it is not a readable file of at most 1 MiB in UTF-8 */
    static String read(Path file) {
        if (Files.isDirectory(file)) {
            throw invalid(file, "is a directory: name the file in it");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            // Bounded: the path may name a device or a log by mistake.
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw invalid(file, "does not exist: make it with keygen, or copy it from the node that has it");
        } catch (AccessDeniedException e) {
            throw invalid(
                    file,
                    "may not be read by the user " + System.getProperty("user.name")
                            + ": give it to the user that runs Tomcat, or to its group");
        } catch (IOException e) {
            throw invalid(file, "cannot be read: " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        if (bytes.length > MAX_BYTES) {
            throw invalid(file, "is larger than 1 MiB: that is no key file");
        }
        return decode(file, bytes);
    }

    private static String decode(Path file, byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notText(file);
        }
        if (text.indexOf('\0') >= 0) {
            throw notText(file);
        }
        // Windows editors put a byte order mark first; nobody can see it, so nobody could mend it.
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static InvalidKeysException notText(Path file) {
        return invalid(
                file,
                "is not text in UTF-8 (output that PowerShell redirects to a file is UTF-16):"
                        + " make it with keygen FILE, or save it as UTF-8");
    }

    private static InvalidKeysException invalid(Path file, String problem) {
        return new InvalidKeysException(List.of("the key file " + file + " " + problem));
    }
}
