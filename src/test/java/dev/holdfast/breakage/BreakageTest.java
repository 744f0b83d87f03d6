package dev.holdfast.breakage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each breakage still finds what it breaks, and what comes of it is a class that the JVM accepts. */
class BreakageTest {
    private static final ClassLoader PRODUCT = BreakageTest.class.getClassLoader();

    @ParameterizedTest
    @EnumSource
    void rewritesSomethingIntoClassesThatLink(Breakage breakage) throws ClassNotFoundException, IOException {
        ClassFileLocator original = ClassFileLocator.ForClassLoader.of(PRODUCT);
        Map<String, byte[]> classes = breakage.classes(original);
        BreakageLoader loader = new BreakageLoader(PRODUCT, Optional.of(breakage));

        assertThat(classes).isNotEmpty();
        for (Map.Entry<String, byte[]> rewritten : classes.entrySet()) {
            assertThat(rewritten.getValue())
                    .isNotEqualTo(original.locate(rewritten.getKey()).resolve());
            // Initializing a class has it verified first.
            assertThat(Class.forName(rewritten.getKey(), true, loader).getClassLoader())
                    .isSameAs(loader);
        }
    }

    @Test
    void whatIsNotThereAnyMoreIsAnError() throws IOException {
        byte[] sql = ClassFileLocator.ForClassLoader.of(PRODUCT)
                .locate("dev.holdfast.store.Sql")
                .resolve();

        for (MethodEdit edit : Arrays.asList(
                MethodEdit.text("no such piece of SQL", ""),
                MethodEdit.call(MethodEdit.everywhere(), "java.lang.String", "strip", Code.none()),
                MethodEdit.constant(MethodEdit.everywhere(), "store.Sql", "NO_SUCH_FIELD", "ALIVE"),
                MethodEdit.head(MethodEdit.method("noSuchMethod"), Code.none()),
                MethodEdit.body(MethodEdit.method("noSuchMethod"), Code.returnNothing()))) {
            assertThatThrownBy(() -> ClassEdit.of("store.Sql", edit).applyTo(sql))
                    .isInstanceOf(OutdatedBreakageException.class);
        }
    }
}
