package dev.holdfast.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    private final Path directory;
    private final Path file;

    KeyFileTest(@TempDir Path directory) {
        this.directory = directory;
        file = directory.resolve("holdfast.keys");
    }

    @Test
    void makesAFileWithOneKeyThatExplainsItself() throws Exception {
        String id = KeyFile.create(file);
        assertThat(KeyRing.read(file).keyIds()).containsExactly(id);
        assertThat(Files.readString(file))
                .contains("# id " + id + ", made 2")
                .contains("keygen --append FILE", "keygen --promote ID FILE");
    }

    @Test
    void everyKeyIsAnotherOne() throws Exception {
        assertThat(KeyFile.newKey()).isNotEqualTo(KeyFile.newKey());
        assertThat(KeyFile.create(file)).isNotEqualTo(KeyFile.create(directory.resolve("other")));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void onlyTheOwnerMayReadANewFile() throws Exception {
        KeyFile.create(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(KeyRing.read(file).warnings()).isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void anEmptyFileIsClosedToOthersBeforeAnythingIsWritten() throws Exception {
        OwnerOnlyFile.create(file).close();
        assertThat(file).isEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void overwritesNothing() throws Exception {
        Files.writeString(file, "precious");
        assertThatThrownBy(() -> KeyFile.create(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("precious");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a symbolic link needs a privilege there")
    void followsNoDanglingLink() throws Exception {
        Path elsewhere = directory.resolve("elsewhere");
        Files.createSymbolicLink(file, elsewhere);
        assertThatThrownBy(() -> KeyFile.create(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void makesNoDirectories() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> KeyFile.create(missing.resolve("keys"))).isInstanceOf(NoSuchFileException.class);
        assertThat(missing).doesNotExist();
    }

    @Test
    void worksWhereAFileSystemKnowsNoPermissions() throws Exception {
        URI archive = URI.create("jar:" + directory.resolve("archive.zip").toUri());
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path inside = zip.getPath("/holdfast.keys");
            String id = KeyFile.create(inside);
            assertThat(KeyRing.read(inside).keyIds()).containsExactly(id);
            assertThat(KeyRing.read(inside).warnings()).isEmpty();
        }
    }

    @Test
    void anAppendedKeyOpensAndDoesNotSealUntilItIsPromoted() throws Exception {
        String old = KeyFile.create(file);
        String added = KeyFile.append(file);
        assertThat(KeyRing.read(file).keyIds()).containsExactly(old, added);
        assertThat(KeyFile.promote(file, added)).isEqualTo(KeyFile.Promotion.PROMOTED);
        assertThat(KeyRing.read(file).keyIds()).containsExactly(added, old);
    }

    @Test
    void promotingAgainChangesNothing() throws Exception {
        String old = KeyFile.create(file);
        String added = KeyFile.append(file);
        KeyFile.promote(file, added);
        String before = Files.readString(file);
        assertThat(KeyFile.promote(file, added)).isEqualTo(KeyFile.Promotion.FIRST_ALREADY);
        for (String unknown : List.of("0000000000000000", "null", "", "#")) {
            assertThat(KeyFile.promote(file, unknown)).isEqualTo(KeyFile.Promotion.NO_SUCH_KEY);
        }
        assertThat(file).hasContent(before);
        assertThat(KeyRing.read(file).keyIds()).containsExactly(added, old);
        assertNothingIsLeftBeside();
    }

    @Test
    void keepsCommentsBlankLinesAndLineEnds() throws Exception {
        String a = KeyFile.newKey();
        String b = KeyFile.newKey();
        Files.writeString(file, "# head\r\n\r\n" + a + " # mine\r\n# between\r\n" + b + "\r\n# tail\r\n\r\n");

        String added = KeyFile.append(file);
        List<String> lines = List.of(Files.readString(file).split("\r\n", -1));
        assertThat(lines.subList(0, 6)).containsExactly("# head", "", a + " # mine", "# between", b, "# tail");
        assertThat(lines.get(6)).startsWith(KeyText.PREFIX).contains("# id " + added);
        assertThat(lines.subList(7, lines.size())).containsExactly("");

        KeyFile.promote(file, added);
        List<String> reordered = new ArrayList<>(lines);
        reordered.add(2, reordered.remove(6));
        assertThat(Files.readString(file)).isEqualTo(String.join("\r\n", reordered));
    }

    @Test
    void appendsToAFileWhoseLastLineHasNoEnd() throws Exception {
        Files.writeString(file, KeyFile.newKey());
        KeyFile.append(file);
        assertThat(KeyRing.read(file).keyIds()).hasSize(2);
    }

    @Test
    void leavesAnUnsoundFileAlone() throws Exception {
        Files.writeString(file, KeyFile.newKey() + "\nnonsense\n");
        String before = Files.readString(file);
        assertThatThrownBy(() -> KeyFile.append(file)).isInstanceOf(InvalidKeysException.class);
        assertThatThrownBy(() -> KeyFile.promote(file, "x")).isInstanceOf(InvalidKeysException.class);
        assertThat(file).hasContent(before);
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> KeyFile.append(missing))
                .isInstanceOf(InvalidKeysException.class)
                .hasMessageContaining("does not exist");
        assertNothingIsLeftBeside();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void whoCouldReadTheFileStillCan() throws Exception {
        KeyFile.create(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        KeyFile.append(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void ownerAndGroupStay() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may give files away");
        KeyFile.create(file);
        UserPrincipalLookupService lookup = file.getFileSystem().getUserPrincipalLookupService();
        GroupPrincipal group = lookup.lookupPrincipalByGroupName("daemon");
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        view.setOwner(lookup.lookupPrincipalByName("daemon"));
        view.setGroup(group);

        KeyFile.append(file);
        PosixFileAttributes after = Files.readAttributes(file, PosixFileAttributes.class);
        assertThat(after.owner().getName()).isEqualTo("daemon");
        assertThat(after.group()).isEqualTo(group);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a symbolic link needs a privilege there")
    void changesTheTargetOfALink() throws Exception {
        KeyFile.create(file);
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        KeyFile.append(link);
        assertThat(link).isSymbolicLink();
        assertThat(KeyRing.read(file).keyIds()).hasSize(2);
    }

    @Test
    void oneChangeKeepsAnotherOut() throws Exception {
        KeyFile.create(file);
        String before = Files.readString(file);
        try (KeyFileReplacement begun = KeyFileReplacement.begin(file)) {
            assertThat(begun.lines()).isNotEmpty();
            assertThatThrownBy(() -> KeyFile.append(file))
                    .isInstanceOf(FileAlreadyExistsException.class)
                    .hasMessageEndingWith("holdfast.keys.new");
            assertThat(directory.resolve("holdfast.keys.new")).exists();
        }
        assertThat(file).hasContent(before);
        assertNothingIsLeftBeside();
    }

    @Test
    void noAnnouncedKeyIsLostWhenSeveralAreAddedAtOnce() throws Exception {
        List<String> announced = new ArrayList<>(List.of(KeyFile.create(file)));
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<String>>> adders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                adders.add(pool.submit(this::appendTwenty));
            }
            for (Future<List<String>> adder : adders) {
                announced.addAll(adder.get());
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(KeyRing.read(file).keyIds()).containsExactlyInAnyOrderElementsOf(announced);
    }

    private List<String> appendTwenty() throws Exception {
        List<String> announced = new ArrayList<>();
        while (announced.size() < 20) {
            try {
                announced.add(KeyFile.append(file));
            } catch (FileAlreadyExistsException e) {
                Thread.onSpinWait();
            }
        }
        return announced;
    }

    private void assertNothingIsLeftBeside() {
        assertThat(directory.toFile().list()).containsExactly("holdfast.keys");
    }
}
