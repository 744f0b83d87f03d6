package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The container's FORM login, each step on the other node. */
@ParameterizedClass
@EnumSource
final class FormLoginIT {
    private static final String ORDERS = "/shop/account/orders.jsp";
    private static final Map<String, String> CREDENTIALS =
            Map.of("j_username", Shopper.USER, "j_password", Shopper.PASSWORD);

    private final Site site;
    private final Shopper shopper = new Shopper();
    private final Browser browser = shopper.browser();

    FormLoginIT(TomcatLine line) {
        site = Site.of(line);
    }

    @Test
    void loginPageCredentialsAndSavedRequestEachOnAnotherNode() {
        assertLoginPage(browser.get(site.a(), ORDERS));
        String anonymous = shopper.sessionId();

        Answer accepted = browser.post(site.b(), "/shop/account/j_security_check", CREDENTIALS);
        assertThat(accepted.status()).as(accepted.toString()).isIn(302, 303);
        assertThat(accepted.location()).isEqualTo(ORDERS);
        Answer orders = browser.get(site.a(), accepted.location());
        assertThat(orders.body()).contains("Orders of wilhelmina");

        assertThat(browser.get(site.b(), ORDERS).body()).contains("Orders of wilhelmina");
        assertThat(browser.probe(site.b(), "user", "auth").body().lines())
                .containsExactly("user=wilhelmina", "auth=FORM");
        assertThat(shopper.sessionId()).isNotEqualTo(anonymous);
        assertDeadOnBoth(anonymous);
    }

    @Test
    void aFormSentBeforeTheLoginIsNotLost() {
        shopper.add(site.a());
        assertLoginPage(browser.post(site.b(), "/shop/account/order", Map.of("giftNote", "for Erna, überall")));

        Answer accepted = browser.post(site.a(), "/shop/account/j_security_check", CREDENTIALS);
        Answer order = browser.get(site.b(), accepted.location());

        assertThat(order.body()).contains("order by wilhelmina", "customer=true", "items=1", "gift-note=for Erna, ");
        assertThat(browser.get(site.a(), ORDERS).body()).contains("Orders of wilhelmina");
        shopper.sees(site.a(), 1);
    }

    @Test
    void wrongCredentialsAreRefusedAndRightOnesTakenAfterwards() {
        assertLoginPage(browser.get(site.a(), ORDERS));
        Answer refused =
                browser.post(site.b(), "/shop/account/j_security_check", Map.of("j_username", "x", "j_password", "y"));
        assertThat(refused.body()).contains("That was not right");
        assertLoginPage(browser.get(site.a(), ORDERS));

        Answer accepted = browser.post(site.b(), "/shop/account/j_security_check", CREDENTIALS);

        assertThat(browser.get(site.a(), accepted.location()).body()).contains("Orders of wilhelmina");
    }

    @Test
    void aProgrammaticLoginIsThereOnTheOtherNode() {
        browser.probe(site.a(), "set:x:1");

        assertThat(browser.probe(site.a(), "login:wilhelmina:open sesame", "user")
                        .value("user"))
                .isEqualTo("wilhelmina");

        assertThat(browser.get(site.b(), ORDERS).body()).contains("Orders of wilhelmina");
    }

    @Test
    void theOldIdIsDeadOnBothNodesAtOnceAfterAnyRotation() {
        shopper.add(site.a());
        String before = shopper.sessionId();
        assertThat(Shopper.withStolen(before).status(site.b())).contains(shopper.label());

        browser.probe(site.a(), "rotate");

        assertThat(shopper.sessionId()).isNotEqualTo(before);
        assertDeadOnBoth(before);
        shopper.sees(site.b(), 1);
        assertThat(site.table().row("/shop", before)).hasValueSatisfying(row -> {
            assertThat(row.isTombstone()).isTrue();
            assertThat(row.columns().get("delta")).isNull();
        });
    }

    private void assertDeadOnBoth(String sessionId) {
        for (TomcatNode node : site.nodes()) {
            Shopper thief = Shopper.withStolen(sessionId);
            thief.seesNoSession(node);
            assertLoginPage(thief.browser().get(node, ORDERS));
        }
    }

    private static void assertLoginPage(Answer answer) {
        assertThat(answer.body()).as(answer.toString()).contains("j_security_check");
    }
}
