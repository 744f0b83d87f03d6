package dev.holdfast.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.HoldfastException;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key material shows in no message, no toString and no serialized form. */
class SecrecyTest {
    private static final byte[] PLACE = {1};

    private final Path directory;

    private final String text = KeyFile.newKey();
    private final KeyRing ring = KeyRing.parse(text);
    private final SessionCrypto crypto = SessionCrypto.sealing(ring);

    SecrecyTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void showsInNoToString() {
        byte[] raw = raw();
        for (Object holder : List.of(
                ring,
                crypto,
                ring.sealing(),
                ring.sealing().cipher(),
                KeyText.parse(text),
                KeyLines.ofAttribute(text).lines())) {
            assertShowsNothing(holder.toString().getBytes(StandardCharsets.ISO_8859_1), raw);
        }
        assertThat(crypto).hasToString("SessionCrypto[XAES-256-GCM, KeyRing" + ring.keyIds() + "]");
    }

    @Test
    void showsInNoExceptionNeitherPrintedNorSerialized() throws Exception {
        byte[] raw = raw();
        int middle = text.length() / 2;
        List<String> wrong = List.of(
                text + text,
                text + " " + text,
                text.substring(0, text.length() - 1),
                text.substring(1),
                text.substring(0, middle) + "?" + text.substring(middle + 1),
                text.substring(0, middle) + (text.charAt(middle) == 'A' ? 'B' : 'A') + text.substring(middle + 1),
                text.substring(KeyText.PREFIX.length()),
                "\"" + text + "\"",
                "${" + text + "}",
                "key=" + text);
        List<ThrowingCallable> failures = new ArrayList<>();
        for (String keys : wrong) {
            Path file = Files.writeString(directory.resolve("keys" + failures.size()), "# keys\n" + keys);
            failures.add(() -> KeyRing.parse(keys));
            failures.add(() -> KeyRing.read(file));
            failures.add(() -> KeyFile.append(file));
        }
        byte[] sealed = crypto.seal(new byte[100], PLACE);
        failures.add(() -> crypto.open(sealed, new byte[0]));
        failures.add(() -> crypto.open(Arrays.copyOf(sealed, 5), PLACE));
        failures.add(
                () -> SessionCrypto.sealing(KeyRing.parse(KeyFile.newKey())).open(sealed, PLACE));
        failures.add(() -> SessionCrypto.plaintext().open(sealed, PLACE));

        for (ThrowingCallable failure : failures) {
            Throwable thrown = catchThrowable(failure);
            assertThat(thrown).isInstanceOf(HoldfastException.class);
            StringWriter printed = new StringWriter();
            thrown.printStackTrace(new PrintWriter(printed, true));
            assertShowsNothing(printed.toString().getBytes(StandardCharsets.ISO_8859_1), raw);
            ByteArrayOutputStream serialized = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(serialized)) {
                out.writeObject(thrown);
            }
            assertShowsNothing(serialized.toByteArray(), raw);
        }
    }

    @Test
    void holdersOfKeysCannotBeSerialized() throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            for (Object holder :
                    List.of(ring, crypto, ring.sealing(), ring.sealing().cipher())) {
                assertThat(catchThrowable(() -> out.writeObject(holder))).isInstanceOf(NotSerializableException.class);
            }
        }
    }

    private byte[] raw() {
        return Arrays.copyOf(Base64.getUrlDecoder().decode(text.substring(KeyText.PREFIX.length())), 32);
    }

    /** Looks for any eight neighbouring characters of the key's text and any four bytes of the key, also in hexadecimal. */
    private void assertShowsNothing(byte[] shown, byte[] raw) {
        String characters = new String(shown, StandardCharsets.ISO_8859_1);
        String lowerCase = characters.toLowerCase(java.util.Locale.ROOT);
        for (int at = KeyText.PREFIX.length(); at + 8 <= text.length(); at++) {
            assertThat(characters).doesNotContain(text.substring(at, at + 8));
        }
        for (int at = 0; at + 4 <= raw.length; at++) {
            byte[] part = Arrays.copyOfRange(raw, at, at + 4);
            assertThat(characters).doesNotContain(new String(part, StandardCharsets.ISO_8859_1));
            assertThat(lowerCase).doesNotContain(HexFormat.of().formatHex(part));
            assertThat(characters).doesNotContain(Arrays.toString(part).replaceAll("[\\[\\]]", ""));
        }
    }
}
