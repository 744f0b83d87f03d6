package dev.holdfast.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.packaging.inside.LogOfThePool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pool logs by Commons Logging, which looks for log implementations through the context class loader. The relocated
 * one knows java.util.logging only, JULI in a Tomcat, whatever an application brings along.
 */
class RelocatedLoggingIT {
    private static final String EXPECTED =
            "dev.holdfast.shaded.org.apache.commons.logging.impl.Jdk14Logger [WARNING: a word from the pool]";

    @Test
    void goesToJavaUtilLogging() throws Exception {
        try (TomcatLib lib = new TomcatLib()) {
            assertThat(lib.run(LogOfThePool.class, Map.of())).isEqualTo(EXPECTED);
        }
    }

    @Test
    void doesNotMindAnApplicationThatConfiguresItsOwn(@TempDir Path folder) throws Exception {
        Path jar = jarWithSettings(
                folder.resolve("settings.jar"),
                """
                priority=1000
                use_tccl=true
                org.apache.commons.logging.LogFactory=com.example.NoSuchFactory
                org.apache.commons.logging.Log=com.example.NoSuchLog
                """);
        Path own = TomcatLib.fromClassPath("commons-logging-");
        Path slf4j = TomcatLib.fromClassPath("slf4j-api-");
        Path nop = TomcatLib.fromClassPath("slf4j-nop-");
        try (TomcatLib lib = new TomcatLib()) {
            assertThat(lib.run(LogOfThePool.class, Map.of(), jar, own, slf4j, nop))
                    .isEqualTo(EXPECTED);
        }
    }

    @Test
    void doesNotMindOtherLoggersInTheSameFolder() throws Exception {
        Path slf4j = TomcatLib.fromClassPath("slf4j-api-");
        Path nop = TomcatLib.fromClassPath("slf4j-nop-");
        try (TomcatLib lib = new TomcatLib(slf4j, nop)) {
            assertThat(lib.run(LogOfThePool.class, Map.of())).isEqualTo(EXPECTED);
        }
    }

    private static Path jarWithSettings(Path jar, String settings) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry("commons-logging.properties"));
            entries.write(settings.getBytes(StandardCharsets.ISO_8859_1));
        }
        return jar;
    }
}
