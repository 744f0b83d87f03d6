package dev.holdfast.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the -all JAR brings into Tomcat's lib. */
class AllJarIT {
    /** Names, with slashes or dots, that no class may use but behind our own prefix. */
    private static final Pattern UNRELOCATED =
            Pattern.compile("(^|[^\\w./])L?(com[./]esotericsoftware|org[./]objenesis|org[./]postgresql"
                    + "|org[./]apache[./]commons[./](dbcp2|pool2|logging))[./]\\w+");

    private static final Path JAR = Jars.all();
    private static final List<String> FILES = Jars.files(JAR);

    @Test
    void everyFileHasAPlaceOfOurs() {
        assertThat(FILES)
                .isNotEmpty()
                .allMatch(name -> name.startsWith("dev/holdfast/") || name.startsWith("META-INF/"));
    }

    @Test
    void nothingInMetaInfActsOnOthers() {
        assertThat(FILES)
                .filteredOn(name -> name.startsWith("META-INF/"))
                .allMatch(name -> name.matches("META-INF/(MANIFEST\\.MF|LICENSE|NOTICE"
                        + "|licenses/.+|maven/[^/]+/[^/]+/pom\\.(properties|xml))"));
    }

    @Test
    void noClassNamesAnythingByItsPublicName() {
        List<String> found = FILES.stream()
                .filter(name -> name.endsWith(".class"))
                .flatMap(AllJarIT::unrelocatedNames)
                .toList();
        assertThat(found).isEmpty();
    }

    private static Stream<String> unrelocatedNames(String name) {
        return ConstantPool.texts(Jars.read(JAR, name)).stream()
                .filter(text -> !text.contains(" ")) // sentences name classes too, and only a person reads them
                .filter(text -> UNRELOCATED.matcher(text).find())
                .map(text -> name + ": " + text);
    }

    @Test
    void carriesAllThatTheThinJarHas() {
        List<String> ours = Jars.files(Jars.thin()).stream()
                .filter(name -> !name.endsWith("/pom.xml"))
                .toList();
        assertThat(ours).contains("dev/holdfast/HoldfastException.class");
        assertThat(FILES).containsAll(ours);
    }

    @Test
    void leavesOutWhatWouldWarnOrCannotWork() {
        assertThat(FILES)
                .noneMatch(name -> name.contains("/kryo/unsafe/"))
                .noneMatch(name -> name.contains("/dbcp2/managed/"))
                .noneMatch(name -> name.contains("/pool2/proxy/"))
                .noneMatch(name -> name.contains("/osgi/"));
    }

    @Test
    void startsTheCommandLineAndNamesItsVersion() throws IOException {
        Manifest manifest = new Manifest(new ByteArrayInputStream(Jars.read(JAR, "META-INF/MANIFEST.MF")));
        assertThat(manifest.getMainAttributes().getValue("Main-Class")).isEqualTo("dev.holdfast.cli.Main");
        assertThat(manifest.getMainAttributes().getValue("Implementation-Version"))
                .isNotBlank();
        assertThat(manifest.getMainAttributes().getValue("Multi-Release")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LICENSE", "NOTICE"})
    void carriesOurOwnLicenceAndNotice(String name) throws IOException {
        assertThat(Jars.read(JAR, "META-INF/" + name)).isEqualTo(Files.readAllBytes(Path.of(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kryo.txt",
                "reflectasm.txt",
                "minlog.txt",
                "asm.txt",
                "postgresql.txt",
                "com.ongres.scram/scram-client-3.2/META-INF/LICENSE",
                "com.ongres.scram/scram-common-3.2/META-INF/LICENSE",
                "com.ongres.stringprep/saslprep-2.2/META-INF/LICENSE",
                "com.ongres.stringprep/stringprep-2.2/META-INF/LICENSE"
            })
    void carriesTheLicencesOfWhatItContains(String name) {
        assertThat(new String(Jars.read(JAR, "META-INF/licenses/" + name), UTF_8))
                .contains("Copyright (c)")
                .contains("Redistributions in binary form must reproduce the above copyright");
    }
}
