package dev.holdfast.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application brings a Manager of its own in its META-INF/context.xml: that one counts, and its filter has its effect. */
final class ClassFilterIT {
    private static final String FILTER = "java\\.lang\\.String|java\\.util\\.ArrayList|"
            + "java\\.util\\.Collections\\$Synchronized(?:RandomAccess)?List|com\\.example\\.shop\\.probe\\.Counter";

    @ParameterizedTest
    @EnumSource
    void itsOwnManagersFilterDecidesWhatIsStored(TomcatLine line) {
        Site site = Site.of(line);
        String manager = "<Context>"
                + site.installation()
                        .managerElement()
                        .replace("<Manager ", "<Manager sessionAttributeValueClassNameFilter=\"" + FILTER + "\" ")
                + "</Context>";
        try (TomcatNode node = site.installation()
                .intoWithoutContext(TomcatNode.of(line, "filter"))
                .appCopy("shop", Workshop.shop())
                .file("webapps/shop/META-INF/context.xml", manager)
                .build()
                .start()) {
            Browser browser = new Browser();
            browser.probe(node, "set:allowed:yes", "count:counter", "append:list:x", "make:refused:uuid");
            assertThat(browser.probe(node, "describe:refused").body()).contains("java.util.UUID");
            await().atMost(10, SECONDS)
                    .untilAsserted(() -> assertThat(node.log().console())
                            .anyMatch(l -> l.contains("Holdfast") && l.contains("refused")));

            node.restart();

            assertThat(browser.probe(node, "get:allowed", "get:counter", "get:list", "get:refused")
                            .body()
                            .lines())
                    .containsExactly("allowed=yes", "counter=1", "list=[x]", "refused=(none)");
        }
    }
}
