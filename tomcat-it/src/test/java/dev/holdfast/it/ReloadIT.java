package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The application is reloaded on one node, and everything goes on as before. */
@ParameterizedClass
@EnumSource
final class ReloadIT {
    private final Site site;
    private final Shopper shopper = new Shopper();

    ReloadIT(TomcatLine line) {
        site = Site.of(line);
    }

    @Test
    void theSessionLivesOnWithObjectsOfTheNewClasses() {
        shopper.add(site.a()).logIn(site.a());

        for (int i = 0; i < 3; i++) {
            site.a().jvm().reload("/shop");
            shopper.add(site.a());
            shopper.sees(site.b(), 2 + i);
        }

        assertThat(shopper.status(site.a())).contains("\"customer\":\"wilhelmina\"");
    }

    @Test
    void aLoginAfterwardsIsSavedBeforeTheOtherNodeIsAsked() {
        site.a().jvm().reload("/shop");
        Browser browser = shopper.browser();
        browser.get(site.a(), "/shop/account/orders.jsp");

        browser.post(
                site.a(),
                "/shop/account/j_security_check",
                Map.of("j_username", Shopper.USER, "j_password", Shopper.PASSWORD));

        assertThat(browser.get(site.b(), "/shop/account/orders.jsp").body()).contains("Orders of wilhelmina");
    }

    @Test
    void holdfastsValveIsThereOnce() {
        long before = holdfastValves(site.a());
        site.a().jvm().reload("/shop");
        site.a().jvm().reload("/shop");

        assertThat(before).isEqualTo(1);
        assertThat(holdfastValves(site.a())).isEqualTo(1);
    }

    private static long holdfastValves(TomcatNode node) {
        return node.jvm().jmx(mbeans -> mbeans.queryNames(new ObjectName("Catalina:type=Valve,*"), null).stream()
                .filter(valve -> "/shop".equals(valve.getKeyProperty("context")))
                .filter(valve -> valve.getKeyProperty("name").startsWith("SessionValve"))
                .count());
    }
}
