package dev.holdfast.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wrong value stops the application from starting, with one message that says everything. */
final class BadConfigurationIT {
    private static final String CONTEXT =
            """
            <Context>
              <Manager className="dev.holdfast.tomcat.PostgresSessionManager"
                       url="mysql://nowhere"
                       password="a-secret-password"
                       keyFile="/nonexistent/holdfast.keys"
                       table="a_table_whose_name_is_longer_than_any_that_postgresql_would_take"
                       touchIntervalSeconds="-5"
                       maxIdleCopies="many"
                       maxIdleCopyBytes="-1"
                       maxConnections="0" />
            </Context>
            """;

    @ParameterizedTest
    @EnumSource
    void stopsTheContextWithOneMessageThatListsEverything(TomcatLine line) {
        try (TomcatNode node = TomcatNode.of(line, "bad")
                .library(Workshop.allJar())
                .context(CONTEXT)
                .app("shop", Workshop.shop())
                .build()
                .start()) {
            assertThat(new Browser().get(node, "/shop/status").status()).isEqualTo(404);

            await().atMost(10, SECONDS)
                    .untilAsserted(() -> assertThat(messages(node)).hasSize(1));
            assertThat(messages(node).get(0))
                    .contains(
                            "url",
                            "key file",
                            "table",
                            "touchIntervalSeconds",
                            "maxIdleCopies",
                            "maxIdleCopyBytes",
                            "maxConnections")
                    .doesNotContain("a-secret-password");
            assertThat(node.log().text()).doesNotContain("a-secret-password");
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesTheDataSourceThatIsNotThere(TomcatLine line) {
        try (TomcatNode node = TomcatNode.of(line, "no-source")
                .library(Workshop.allJar())
                .context(
                        """
                        <Context>
                          <Manager className="dev.holdfast.tomcat.PostgresSessionManager"
                                   dataSourceName="jdbc/nowhere" encryption="plaintext" />
                        </Context>
                        """)
                .app("shop", Workshop.shop())
                .build()
                .start()) {
            assertThat(new Browser().get(node, "/shop/status").status()).isEqualTo(404);

            await().atMost(10, SECONDS)
                    .untilAsserted(() -> assertThat(LogEntries.of(node.log().console()))
                            .filteredOn(entry -> entry.contains("Please mend the <Manager> element"))
                            .singleElement()
                            .asString()
                            .contains("dataSourceName: nothing is found under java:comp/env/jdbc/nowhere"));
        }
    }

    /** The entries of the console that tell of a wrong value, each with its further lines. */
    private static List<String> messages(TomcatNode node) {
        return LogEntries.of(node.log().console()).stream()
                .filter(entry -> entry.contains("touchIntervalSeconds"))
                .toList();
    }
}
