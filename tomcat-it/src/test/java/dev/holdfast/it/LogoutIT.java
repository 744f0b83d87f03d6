package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What was logged out stays logged out, everywhere. */
@ParameterizedClass
@EnumSource
final class LogoutIT {
    private final Site site;
    private final Shopper shopper = new Shopper();

    LogoutIT(TomcatLine line) {
        site = Site.of(line);
    }

    @Test
    void killsTheSessionOnBothNodes() {
        shopper.add(site.a()).add(site.b());
        String id = shopper.sessionId();

        assertThat(shopper.logOut(site.a()).status()).isEqualTo(302);

        for (TomcatNode node : site.nodes()) {
            Shopper.withStolen(id).seesNoSession(node);
        }
        assertThat(site.table().row("/shop", id)).isEmpty();
    }

    @Test
    void aRequestStillRunningElsewhereDoesNotBringItBack() {
        Browser browser = shopper.browser();
        shopper.add(site.a());
        String id = shopper.sessionId();
        String gate = shopper.label();
        var late = browser.probeLater(site.b(), "count:n", "open:here-" + gate, "await:" + gate, "count:n");
        new Browser().probe(site.b(), "await:here-" + gate);

        shopper.logOut(site.a());
        new Browser().probe(site.b(), "open:" + gate);
        late.join();

        for (TomcatNode node : site.nodes()) {
            Shopper.withStolen(id).seesNoSession(node);
        }
        assertThat(site.table().row("/shop", id)).isEmpty();
    }

    @Test
    void theNextSessionIsANewOne() {
        shopper.add(site.a());
        String first = shopper.sessionId();
        shopper.logOut(site.b());

        shopper.add(site.a());

        assertThat(shopper.sessionId()).isNotEqualTo(first);
        shopper.sees(site.b(), 1);
    }
}
