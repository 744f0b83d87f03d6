package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatNode;
import java.util.Map;
import java.util.UUID;

/** A user of the sample application, with a browser and a label that no other has. */
final class Shopper {
    static final String USER = "wilhelmina";
    static final String PASSWORD = "open sesame";

    private final Browser browser = new Browser();
    private final String label = "visit-" + UUID.randomUUID();

    Browser browser() {
        return browser;
    }

    /** By this the events of the session are found. */
    String label() {
        return label;
    }

    String sessionId() {
        return browser.sessionCookie().orElseThrow(() -> new AssertionError("there is no session"));
    }

    /** Puts a lamp into the cart: a list that the application set once and changes in place. */
    Shopper add(TomcatNode node) {
        Answer answer = browser.post(node, "/shop/cart", Map.of("sku", "lamp", "label", label));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(302);
        return this;
    }

    /** Logs in at the application's own form, which changes the session id. */
    Shopper logIn(TomcatNode node) {
        Answer answer = browser.post(node, "/shop/login", Map.of("user", USER, "password", PASSWORD));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(302);
        return this;
    }

    Answer logOut(TomcatNode node) {
        return browser.post(node, "/shop/logout", Map.of());
    }

    /** The session as the application on this node sees it. */
    String status(TomcatNode node) {
        Answer answer = browser.get(node, "/shop/status");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    void sees(TomcatNode node, int lamps) {
        assertThat(status(node)).contains("\"label\":\"" + label + "\"", "\"sku\":\"lamp\"", "\"quantity\":" + lamps);
    }

    void seesNoSession(TomcatNode node) {
        assertThat(status(node)).contains("\"session\":null");
    }

    /** Somebody else who has this session id. */
    static Shopper withStolen(String sessionId) {
        Shopper thief = new Shopper();
        thief.browser.withSessionCookie("/shop", sessionId);
        return thief;
    }
}
