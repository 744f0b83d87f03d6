package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void helpListsTheCommands(String word) {
        Run run = Run.of(word);
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("Holdfast:")
                .contains("usage: java -jar", "\n  keygen ", "\n  schema ", "\n  check ", "\n  help ");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keygen", "schema", "check"})
    void everyCommandExplainsItself(String command) {
        for (Run run : new Run[] {
            Run.of(command, "--help"),
            Run.of(command, "-h"),
            Run.of("help", command),
            Run.of(command, "--nonsense", "--help")
        }) {
            assertThat(run.status()).isZero();
            assertThat(run.out()).startsWith("usage: " + command);
            assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
            assertThat(run.err()).isEmpty();
        }
        assertThat(Run.of("help").out()).contains("\n  " + command + " ");
    }

    @Test
    void tellsItsVersion() {
        assertThat(Run.of("--version")).isEqualTo(new Run(0, "holdfast (unpackaged)" + System.lineSeparator(), ""));
    }

    @Test
    void everythingBehindTwoDashesIsAnOperand() {
        Run run = Run.of("keygen", "--append", "--", "--help");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("the key file --help does not exist");
    }

    @Test
    void whatIsNotUnderstoodEndsInAHint() {
        assertNotUnderstood(Run.of(), "a command is missing");
        assertNotUnderstood(Run.of("keygne"), "there is no command \"keygne\"");
        assertNotUnderstood(Run.of("help", "keygne"), "there is no command \"keygne\"");
        assertNotUnderstood(Run.of("keygen"), "keygen needs the name of a FILE");
        assertNotUnderstood(Run.of("keygen", "a", "b"), "keygen has 2 operands and takes at most 1");
        assertNotUnderstood(Run.of("keygen", "--apend", "a"), "keygen has no option --apend");
        assertNotUnderstood(Run.of("keygen", "--apend=secret", "a"), "keygen has no option --apend");
        assertNotUnderstood(Run.of("keygen", "-x"), "keygen has no option -x");
        assertNotUnderstood(Run.of("keygen", "--append=yes", "a"), "keygen takes --append without a value");
        assertNotUnderstood(Run.of("keygen", "--promote"), "keygen needs a value behind --promote");
        assertNotUnderstood(Run.of("keygen", "--append", "--append", "a"), "keygen has --append twice");
        assertNotUnderstood(
                Run.of("keygen", "a\0b"), "keygen cannot use that name for a file: Nul character not allowed");
        assertNotUnderstood(Run.of("keygen", "--append", "--promote", "x", "a"), "keygen does one thing at a time");
        assertNotUnderstood(Run.of("keygen", "--append", "-"), "keygen does one thing at a time");
        assertNotUnderstood(Run.of("keygen", "--print", "a"), "keygen prints to standard output");
    }

    @Test
    void doesNotRepeatAPasswordThatLostItsOption() {
        assertNotUnderstood(Run.of("check", "--url", "u", "secret"), "check has 1 operands and takes at most 0");
    }

    private static void assertNotUnderstood(Run run, String message) {
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(2);
        assertThat(run.err())
                .startsWith("error: " + message)
                .contains("\nhint: ")
                .doesNotContain("secret");
    }
}
