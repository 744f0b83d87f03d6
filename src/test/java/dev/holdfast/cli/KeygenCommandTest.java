package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.holdfast.crypto.KeyRing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeygenCommandTest {
    private final Path directory;
    private final String file;

    KeygenCommandTest(@TempDir Path directory) {
        this.directory = directory;
        this.file = directory.resolve("holdfast.keys").toString();
    }

    @Test
    void makesAKeyFileAndPrintsTheIdAlone() {
        Run run = Run.of("keygen", file);
        assertThat(run.status()).isZero();
        assertThat(run.out().lines()).containsExactlyElementsOf(keyIds());
        assertThat(run.err()).contains("keyFile=\"" + file + "\"");
        assertShowsNoKey(run);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void theFileIsItsOwnersAlone() throws Exception {
        Run.of("keygen", file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
                .isEqualTo("rw-------");
    }

    @Test
    void overwritesNothing() throws Exception {
        Files.writeString(Path.of(file), "precious");
        Run run = Run.of("keygen", file);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .containsExactly(
                        "error: " + file + " is there already, and was left as it is",
                        "hint: name another file, or add a key to this one: keygen --append " + file);
        assertThat(Path.of(file)).hasContent("precious");
    }

    @Test
    void makesNoDirectory() {
        Path missing = directory.resolve("missing");
        Run run = Run.of("keygen", missing.resolve("holdfast.keys").toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("error: the directory " + missing + " does not exist", "hint: make it first");
        assertThat(missing).doesNotExist();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void tellsWhoMayNotWriteThere() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
        try {
            assumeFalse(Files.isWritable(directory), "this user may write everywhere");
            Run run = Run.of("keygen", file);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("the user " + System.getProperty("user.name") + " may not write there");
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--print", "-"})
    void printsAKeyForTheAttribute(String word) {
        Run run = Run.of("keygen", word);
        assertThat(run.status()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        List<String> ids = KeyRing.parse(run.out()).keyIds();
        assertThat(ids).hasSize(1);
        assertThat(run.err()).contains("its id is " + ids.get(0)).doesNotContain("holdfast_key");
    }

    @Test
    void changesTheKeyInTwoSteps() {
        Run.of("keygen", file);
        String old = keyIds().get(0);

        Run append = Run.of("keygen", "--append", file);
        String added = append.out().strip();
        assertThat(append.status()).isZero();
        assertThat(keyIds()).containsExactly(old, added);
        assertThat(append.err()).contains("then: keygen --promote " + added + " " + file);

        Run promote = Run.of("keygen", "--promote", added, file);
        assertThat(promote.status()).isZero();
        assertThat(promote.out().strip()).isEqualTo(added);
        assertThat(promote.err()).contains("seals from now on");
        assertThat(keyIds()).containsExactly(added, old);

        Run again = Run.of("keygen", "--promote=" + added, file);
        assertThat(again.status()).isZero();
        assertThat(again.err()).contains("seals already; nothing was changed");
        assertThat(keyIds()).containsExactly(added, old);
        assertShowsNoKey(append);
        assertShowsNoKey(promote);
    }

    @Test
    void promotesNothingUnknownAndDoesNotRepeatIt() {
        Run.of("keygen", file);
        Run run = Run.of("keygen", "--promote", "holdfast_key_1_pasted", file);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("has no key with the id that was given", "hint: its keys are " + keyIds().get(0))
                .doesNotContain("pasted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--append", "--promote=0123456789abcdef"})
    void leavesAnUnsoundFileAlone(String option) throws Exception {
        Files.writeString(Path.of(file), "nonsense\nmore nonsense\n");
        Run run = Run.of("keygen", option, file);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
                .containsExactly(
                        "error: line 1 of the key file " + file
                                + " is not a Holdfast key: those begin with holdfast_key_1_",
                        "error: line 2 of the key file " + file
                                + " is not a Holdfast key: those begin with holdfast_key_1_",
                        "hint: nothing was changed");
        assertThat(Path.of(file)).hasContent("nonsense\nmore nonsense\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--append", "--promote=0123456789abcdef"})
    void tellsOfAnotherChangeUnderWay(String option) throws Exception {
        Run.of("keygen", file);
        Files.createFile(Path.of(file + ".new"));
        Run run = Run.of("keygen", option, file);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("holdfast.keys.new is there: another keygen is changing " + file)
                .contains("hint: if no other one runs, delete ");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void warnsOfAFileThatOthersCanRead() throws Exception {
        Run.of("keygen", file);
        Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rw-r--r--"));
        Run run = Run.of("keygen", "--append", file);
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("warning: the key file " + file + " can be read or changed by others");
    }

    private List<String> keyIds() {
        return KeyRing.read(Path.of(file)).keyIds();
    }

    private static void assertShowsNoKey(Run run) {
        assertThat(run.out() + run.err()).doesNotContain("holdfast_key");
    }
}
