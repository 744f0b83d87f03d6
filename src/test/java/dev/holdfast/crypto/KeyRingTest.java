package dev.holdfast.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private static final int PREFIX = KeyText.PREFIX.length();

    private final Path directory;
    private final Path file;
    private final String first = KeyFile.newKey();
    private final String second = KeyFile.newKey();
    private final String firstId = KeyRing.parse(first).keyIds().get(0);
    private final String secondId = KeyRing.parse(second).keyIds().get(0);

    KeyRingTest(@TempDir Path directory) {
        this.directory = directory;
        file = directory.resolve("holdfast.keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", ",", ", ", "\n", "\t \r\n"})
    void readsAnAttributeWithSeveralKeysTheFirstOfWhichSeals(String separator) {
        KeyRing ring = KeyRing.parse(" " + first + separator + second + "\n");
        assertThat(ring.keyIds()).containsExactly(firstId, secondId);
        assertThat(ring.sealing()).hasToString(firstId);
        assertThat(ring.warnings()).isEmpty();
    }

    @Test
    void readsAFileWithCommentsAndBlankLines() throws Exception {
        write("\ufeff# the keys\n\n  " + first + " # since May\r\n#" + KeyFile.newKey() + "\n\t" + second);
        assertThat(KeyRing.read(file).keyIds()).containsExactly(firstId, secondId);
    }

    @Test
    void idsAreSixteenHexadecimalDigits() {
        assertThat(firstId).matches("[0-9a-f]{16}").isNotEqualTo(secondId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void refusesAnEmptyAttribute(String keys) {
        assertThat(problems(keys))
                .singleElement()
                .asString()
                .isEqualTo("the attribute keys is empty: keygen --print makes a key for it");
    }

    @Test
    void tellsWhatIsWrongWithAKey() {
        assertThat(problemOf("secret")).isEqualTo("is not a Holdfast key: those begin with holdfast_key_1_");
        assertThat(problemOf(first.toUpperCase(java.util.Locale.ROOT))).startsWith("is not a Holdfast key");
        assertThat(problemOf("holdfast_key_2_abc")).startsWith("is a key of a form that is unknown here");
        assertThat(problemOf(first.substring(0, first.length() - 1)))
                .isEqualTo("is cut off: 47 characters after holdfast_key_1_, where a key has 48");
        assertThat(problemOf(KeyText.PREFIX)).startsWith("is cut off: 0 characters");
        assertThat(problemOf(first + first)).startsWith("is too long: 111 characters");
        assertThat(problemOf(first.substring(0, 20) + "=" + first.substring(21)))
                .isEqualTo("has a character at position 21 that no key contains");
        assertThat(problemOf("${HOLDFAST_KEYS}")).startsWith("is a ${...} that was not replaced");
    }

    @Test
    void noticesAnySingleTypo() {
        for (int at = PREFIX; at < first.length(); at++) {
            char other = first.charAt(at) == 'A' ? 'B' : 'A';
            assertThat(problemOf(first.substring(0, at) + other + first.substring(at + 1)))
                    .as("position %d", at)
                    .startsWith("has a typo");
        }
    }

    @Test
    void noticesSwappedNeighbours() {
        for (int at = PREFIX; at < first.length() - 1; at++) {
            String swapped = first.substring(0, at) + first.charAt(at + 1) + first.charAt(at) + first.substring(at + 2);
            if (!swapped.equals(first)) {
                assertThat(problemOf(swapped)).as("position %d", at).startsWith("has a typo");
            }
        }
    }

    @Test
    void tellsEverythingThatIsWrongAtOnceEachWithItsLine() throws Exception {
        write("# keys\n" + first + "\nnonsense\n" + second.substring(1) + "\n" + first + "\n");
        assertThat(fileProblems())
                .containsExactly(
                        "line 3 of the key file " + file + " is not a Holdfast key: those begin with holdfast_key_1_",
                        "line 4 of the key file " + file + " is not a Holdfast key: those begin with holdfast_key_1_",
                        "line 5 of the key file " + file + " repeats the key " + firstId + " of line 2 of the key file "
                                + file + ": remove one of the two");
    }

    @Test
    void takesOneKeyToALine() throws Exception {
        write(first + " " + second);
        assertThat(fileProblems())
                .containsExactly("line 1 of the key file " + file
                        + " has something behind the key: one key to a line, and comments begin with #");
    }

    @Test
    void refusesARepeatedKeyInAnAttribute() {
        assertThat(problems(first + " " + second + " " + first))
                .containsExactly("key 3 of the attribute keys repeats the key " + firstId
                        + " of key 1 of the attribute keys: remove one of the two");
    }

    @Test
    void refusesAFileWithoutAKey() throws Exception {
        write("# nothing but a comment\n");
        assertThat(fileProblems())
                .singleElement()
                .asString()
                .contains("has no key in it")
                .contains("keygen " + file);
        write("");
        assertThat(fileProblems()).singleElement().asString().contains("has no key in it");
    }

    @Test
    void tellsWhyAFileCannotBeRead() throws Exception {
        assertThat(fileProblems())
                .containsExactly("the key file " + file
                        + " does not exist: make it with keygen, or copy it from the node that has it");
        assertThat(problemsOf(directory))
                .containsExactly("the key file " + directory + " is a directory: name the file in it");
        Files.write(file, first.getBytes(StandardCharsets.UTF_16));
        assertThat(fileProblems()).singleElement().asString().contains("is not text in UTF-8");
        Files.write(file, first.getBytes(StandardCharsets.UTF_16LE));
        assertThat(fileProblems()).singleElement().asString().contains("is not text in UTF-8");
        Files.write(file, new byte[(1 << 20) + 1]);
        assertThat(fileProblems()).singleElement().asString().contains("larger than 1 MiB");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void tellsWhoMayNotReadAFile() throws Exception {
        write(first);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");
        assertThat(fileProblems())
                .singleElement()
                .asString()
                .contains("may not be read by the user " + System.getProperty("user.name"));
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, false",
        "r--------, false",
        "rw-rw----, true",
        "rw----r--, true",
        "rw-r--r--, true",
        "rw-----w-, true",
        "rw--w----, true"
    })
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void warnsOfAFileThatOthersCanReach(String permissions, boolean warns) throws Exception {
        write(first);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        List<String> warnings = KeyRing.read(file).warnings();
        if (warns) {
            assertThat(warnings).singleElement().asString().contains(file.toString(), permissions, "chmod 600");
        } else {
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void acceptsGroupReadOnlyIfTheFileIsRoots() throws Exception {
        write(first);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        boolean roots = Files.getOwner(file).getName().equals("root");
        assertThat(KeyRing.read(file).warnings()).hasSize(roots ? 0 : 1);
    }

    private void write(String text) throws Exception {
        Files.writeString(file, text);
    }

    private String problemOf(String key) {
        String problem = problems(key).get(0);
        String place = "key 1 of the attribute keys ";
        assertThat(problem).startsWith(place);
        return problem.substring(place.length());
    }

    private static List<String> problems(String keys) {
        return catchThrowableOfType(InvalidKeysException.class, () -> KeyRing.parse(keys))
                .problems();
    }

    private List<String> fileProblems() {
        return problemsOf(file);
    }

    private static List<String> problemsOf(Path file) {
        return catchThrowableOfType(InvalidKeysException.class, () -> KeyRing.read(file))
                .problems();
    }
}
