package dev.holdfast.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the thin JAR is, and what it brings to those who depend on it. */
class ThinJarIT {
    private static final Pattern ARTIFACT = Pattern.compile("([\\w.-]+:[\\w.-]+):jar:[\\w.:-]+:(compile|runtime)");

    @Test
    void holdsOurOwnClassesOnly() {
        assertThat(Jars.files(Jars.thin()))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("dev/holdfast/") || name.startsWith("META-INF/"))
                .noneMatch(name -> name.startsWith("dev/holdfast/shaded/"))
                .contains("META-INF/LICENSE", "META-INF/NOTICE");
    }

    @Test
    void bringsPoolDriverAndKryoAndNothingElse() throws IOException {
        String list = Files.readString(Jars.built("holdfast.runtime.dependencies"));
        List<String> artifacts = ARTIFACT.matcher(list)
                .results()
                .map(MatchResult::group)
                .map(artifact -> artifact.replaceAll("^([^:]+:[^:]+):.*", "$1"))
                .toList();
        assertThat(artifacts)
                .containsExactlyInAnyOrder(
                        "org.apache.commons:commons-dbcp2",
                        "org.apache.commons:commons-pool2",
                        "commons-logging:commons-logging",
                        "com.esotericsoftware:kryo",
                        "com.esotericsoftware:reflectasm",
                        "com.esotericsoftware:minlog",
                        "org.objenesis:objenesis",
                        "org.postgresql:postgresql");
    }
}
