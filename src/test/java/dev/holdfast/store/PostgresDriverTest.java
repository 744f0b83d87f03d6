package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testdb.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

class PostgresDriverTest {
    @Test
    void theDriversOwnClassNamesFollowItWhereverItIs() {
        assertThat(PostgresDriver.mapped("org.postgresql.ssl.NonValidatingFactory", "elsewhere.postgresql"))
                .isEqualTo("elsewhere.postgresql.ssl.NonValidatingFactory");
        assertThat(PostgresDriver.mapped("org.postgresqlish.Factory", "elsewhere.postgresql"))
                .isEqualTo("org.postgresqlish.Factory");
        assertThat(PostgresDriver.mapped("com.example.Factory", "elsewhere.postgresql"))
                .isEqualTo("com.example.Factory");
    }

    @Test
    void aClassNameInTheUrlReachesTheDriver() {
        assertThatThrownBy(() ->
                        driver("?socketFactory=org.postgresql.nowhere.Factory").connect())
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("org.postgresql.nowhere.Factory");
    }

    /** Outside the -all JAR the driver is everybody's: an application that finds it registered must go on finding it. */
    @Test
    void theSharedDriverStaysRegistered() throws Exception {
        try (Connection connection = driver("").connect()) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(Driver.isRegistered()).isTrue();
    }

    @Test
    void whatTheUrlSaysWins() throws Exception {
        try (Connection connection = driver("?ApplicationName=mine").connect()) {
            assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("mine");
        }
        try (Connection connection = driver("").connect()) {
            assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("Holdfast shop");
            assertThat(connection.getNetworkTimeout()).isEqualTo(2_000);
        }
        try (Connection connection = driver("?socketTimeout=17").connect()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(17_000);
        }
    }

    private static PostgresDriver driver(String parameters) {
        TestPostgres postgres = TestPostgres.shared();
        String url =
                postgres.jdbcUrl() + (postgres.jdbcUrl().contains("?") ? parameters.replace('?', '&') : parameters);
        PostgresSettings settings = new PostgresSettings(
                "shop",
                url,
                postgres.username(),
                postgres.password(),
                null,
                "public",
                "t",
                Duration.ZERO,
                1,
                Duration.ofMillis(1_001));
        return new PostgresDriver(settings, new JdbcUrl(url));
    }
}
