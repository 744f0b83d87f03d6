package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSettingsTest {
    private static final String URL = "jdbc:postgresql://db.example:5432/sessions";

    @Test
    void theDefaultsAreFine() {
        assertThat(PostgresSettings.forUrl("", URL, "u", "p").problems()).isEmpty();
        assertThat(PostgresSettings.forUrl("shop##2", URL + "?user=u&password=p&sslmode=require", null, null)
                        .problems())
                .isEmpty();
        assertThat(PostgresSettings.forDataSource("shop", "jdbc/sessions").problems())
                .isEmpty();
    }

    @Test
    void everythingWrongIsSaidAtOnce() {
        PostgresSettings settings = new PostgresSettings(
                "a\0b", null, null, null, null, "", "t".repeat(57), Duration.ofSeconds(-1), 0, Duration.ofMillis(999));
        assertThat(settings.problems())
                .hasSize(7)
                .anyMatch(problem -> problem.contains("U+0000"))
                .anyMatch(problem -> problem.contains("one of url and dataSourceName"))
                .anyMatch(problem -> problem.contains("schema must have 1 to 63 bytes, not 0"))
                .anyMatch(problem -> problem.contains("table must have 1 to 56 bytes, not 57"))
                .anyMatch(problem -> problem.contains("touch interval must be 0 seconds to a day, not -1"))
                .anyMatch(problem -> problem.contains("maxConnections must be 1 to 10000, not 0"))
                .anyMatch(problem -> problem.contains("connect timeout must be 1000 to 600000 milliseconds, not 999"));
        assertThatThrownBy(() -> new PostgresSessionStore(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(String.join("; ", settings.problems()));
    }

    @Test
    void namesAreCountedInBytesAndFreeOfControlCharacters() {
        PostgresSettings settings = PostgresSettings.forUrl("a", URL, "u", "p");
        assertThat(settings.withTable("ü".repeat(31), "ü".repeat(28)).problems())
                .isEmpty();
        assertThat(settings.withTable("ü".repeat(32), "ü".repeat(29)).problems())
                .hasSize(2);
        assertThat(settings.withTable("a\nb", "a\0b").problems())
                .containsExactly(
                        "schema must not contain control characters", "table must not contain control characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://db/sessions",
                "postgresql://db/sessions",
                "",
                "jdbc:postgresql://db",
                "jdbc:postgresql://db:port/sessions",
                "jdbc:postgresql://db:99999/sessions",
                "jdbc:postgresql://db/sessions?options=%zz",
                "jdbc:postgresql://someone:s3cret@db/sessions",
                "jdbc:postgresql://${DB_HOST}/sessions"
            })
    void aUrlThatCannotWorkIsSaidWithoutBeingShown(String url) {
        PostgresSettings settings = PostgresSettings.forUrl("a", url, "u", "p");
        assertThat(settings.problems()).hasSize(1).allMatch(problem -> problem.startsWith("url "));
        assertThat(String.join("", settings.problems()) + settings).doesNotContain("s3cret");
    }

    @Test
    void aDataSourceStandsAlone() {
        assertThat(with(URL, null, null, "jdbc/x").problems()).hasSize(1);
        assertThat(with(null, "u", null, "jdbc/x").problems()).hasSize(1);
        assertThat(with(null, null, "p", "jdbc/x").problems()).hasSize(1);
        assertThat(with(null, null, null, " ").problems()).hasSize(1);
        assertThat(with(null, null, null, "${NAME}").problems()).hasSize(1);
    }

    @Test
    void nothingIsGivenTwice() {
        assertThat(with(URL + "?user=u", "u", null, null).problems())
                .containsExactly("the user is given twice, by username and in url");
        assertThat(with(URL + "?ssl=true&password=x", null, "x", null).problems())
                .containsExactly("the password is given twice, by password and in url");
    }

    @Test
    void whatWasNotReplacedIsSeen() {
        assertThat(with(URL, "${DB_USER}", "${DB_PASSWORD}", null).problems())
                .hasSize(2)
                .allMatch(problem -> problem.contains("${...} that was not replaced"));
        assertThat(with(URL, "u", "a${b}c", null).problems()).isEmpty();
    }

    private static PostgresSettings with(
            @Nullable String url, @Nullable String username, @Nullable String password, @Nullable String source) {
        return new PostgresSettings(
                "a", url, username, password, source, "s", "t", Duration.ZERO, 1, Duration.ofSeconds(1));
    }

    @Test
    void noPasswordIsEverShown() {
        assertThat(PostgresSettings.forUrl("a", URL + "?password=s3cret&sslpassword=s3cret", "u", null)
                        .toString())
                .contains("db.example:5432/sessions")
                .doesNotContain("s3cret");
        assertThat(PostgresSettings.forUrl("a", URL, "u", "s3cret").toString()).doesNotContain("s3cret");
        assertThat(PostgresSettings.forUrl("a", "jdbc:postgresql://u:s3cret@db/x", null, null)
                        .toString())
                .contains("@db/x")
                .doesNotContain("s3cret");
    }
}
