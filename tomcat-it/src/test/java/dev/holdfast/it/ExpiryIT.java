package dev.holdfast.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions end in time, once, with their listeners told. */
@ParameterizedClass
@EnumSource
final class ExpiryIT {
    private final Site site;
    private final Shopper shopper = new Shopper();

    ExpiryIT(TomcatLine line) {
        site = Site.of(line);
    }

    @Test
    void fireItsListenersOnceWithTheAttributesReadableAlsoForANodeThatDied() {
        Shopper other = new Shopper();
        for (Shopper each : new Shopper[] {shopper, other}) {
            each.add(site.a());
            each.browser().probe(site.a(), "timeout:2");
        }
        site.a().kill();

        for (Shopper each : new Shopper[] {shopper, other}) {
            await().atMost(60, SECONDS)
                    .until(() -> site.table().row("/shop", each.sessionId()).isEmpty());
            each.seesNoSession(site.b());
        }
        site.a().start();

        for (Shopper each : new Shopper[] {shopper, other}) {
            assertThat(site.events("sessionDestroyed " + each.label() + " items=1"))
                    .isEqualTo(1);
            assertThat(site.events("valueUnbound " + each.label())).isEqualTo(1);
        }
    }

    @Test
    void aSessionInUseOnTheOtherNodeLivesOn() {
        int timeoutSeconds = 4;
        shopper.add(site.a());
        shopper.browser().probe(site.a(), "timeout:" + timeoutSeconds);
        Instant end = Instant.now().plus(Duration.ofSeconds(2 * timeoutSeconds));

        await().atMost(60, SECONDS).pollInterval(Duration.ofMillis(200)).until(() -> {
            shopper.sees(site.b(), 1);
            return Instant.now().isAfter(end);
        });

        shopper.sees(site.a(), 1);
        assertThat(site.events("sessionDestroyed " + shopper.label() + " items=1"))
                .isZero();
    }

    @Test
    void aNegativeTimeoutMeansForEver() {
        Browser browser = shopper.browser();
        browser.probe(site.a(), "set:a:1", "timeout:-1");

        assertThat(site.table().row("/shop", shopper.sessionId()).orElseThrow().neverExpires())
                .isTrue();
        for (TomcatNode node : site.nodes()) {
            assertThat(browser.probe(node, "get:a", "getTimeout").body().lines())
                    .containsExactly("a=1", "timeout=-1");
        }
    }

    @Test
    void theTimeoutOfTheWebXmlIsTheSessions() {
        assertThat(shopper.browser().probe(site.a(), "getTimeout").value("timeout"))
                .isEqualTo("1800");
        assertThat(site.table().row("/shop", shopper.sessionId()).orElseThrow().number("max_inactive"))
                .isEqualTo(1800);
    }
}
