package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The control: the same application, the same harness, Tomcat's own sessions. All works on one node, and nothing outlives
 * it: what the other tests see is Holdfast's doing.
 */
final class WithoutHoldfastIT {
    @ParameterizedTest
    @EnumSource
    void anOrdinaryTomcatServesAllAndLosesItsSessionsWithItsProcess(TomcatLine line) {
        try (TomcatNode node = TomcatNode.of(line, "stock")
                .app("shop", Workshop.shop())
                .build()
                .start()) {
            theShopSells(node);
            theProbeDoesWhatItIsAsked(node);
            node.jvm().reload("/shop");
            assertThat(new Browser().probe(node, "nothing").status()).isEqualTo(200);
            assertThat(node.log().events()).contains("sessionDestroyed - items=0");

            Browser browser = shopping(node);
            node.kill();
            node.start();

            assertThat(browser.get(node, "/shop/status").body()).contains("\"session\":null");
            node.stop();
        }
    }

    private static Browser shopping(TomcatNode node) {
        Browser browser = new Browser();
        browser.post(node, "/shop/cart", Map.of("sku", "lamp", "label", "control"));
        browser.post(node, "/shop/cart", Map.of("sku", "lamp"));
        return browser;
    }

    private static void theShopSells(TomcatNode node) {
        Browser browser = shopping(node);
        assertThat(browser.get(node, "/shop/index.jsp").body()).contains("2 x Storm lamp");
        String before = browser.sessionCookie().orElseThrow();

        browser.post(node, "/shop/login", Map.of("user", "anna", "password", "open sesame"));

        assertThat(browser.sessionCookie()).isPresent().hasValueSatisfying(id -> assertThat(id)
                .isNotEqualTo(before));
        assertThat(browser.get(node, "/shop/status").body()).contains("\"customer\":\"anna\"", "\"quantity\":2");
    }

    private static void theProbeDoesWhatItIsAsked(TomcatNode node) {
        Browser browser = new Browser();
        assertThat(browser.probe(node, "exists").value("exists")).isEqualTo("false");
        assertThat(browser.probe(node, "set:a:1", "get:a").value("a")).isEqualTo("1");
        assertThat(browser.probe(node, "count:n", "count:n").value("n")).isEqualTo("2");
        assertThat(browser.probe(node, "append:l:x", "append:l:y", "get:l").value("l"))
                .isEqualTo("[x, y]");
        for (String mode : new String[] {"async", "dispatch"}) {
            assertThat(browser.get(node, Browser.probePath(mode, "count:" + mode))
                            .value(mode))
                    .isEqualTo("1");
        }
        for (String kind : browser.probe(node, "kinds").value("kinds").split(",")) {
            assertThat(browser.probe(node, "make:v:" + kind, "describe:v").status())
                    .as(kind)
                    .isEqualTo(200);
        }
        Answer error = browser.probe(node, "error:418");
        assertThat(error.status()).isEqualTo(418);
        assertThat(error.body()).contains("teapot");
        assertThat(browser.probe(node, "redirect:/shop/x").location()).isEqualTo("/shop/x");
        assertThat(browser.probe(node, "timeout:77", "getTimeout").value("timeout"))
                .isEqualTo("77");
        assertThat(browser.probe(node, "invalidate").status()).isEqualTo(200);
        assertThat(browser.probe(node, "exists").value("exists")).isEqualTo("false");
        assertThat(node.jvm().liveObjects("org.apache.catalina.loader.ParallelWebappClassLoader"))
                .isEqualTo(1);
    }
}
