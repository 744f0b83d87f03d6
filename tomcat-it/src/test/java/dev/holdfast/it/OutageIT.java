package dev.holdfast.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The database is down: an honest 503, nobody logged out, and all as before once it is back, without help. */
@ParameterizedClass
@EnumSource
final class OutageIT {
    private final Site site;
    private final Shopper shopper = new Shopper();
    private boolean stopped;

    OutageIT(TomcatLine line) {
        site = Site.of(line);
    }

    @BeforeEach
    void aSessionFirst() {
        assumeTrue(Site.postgres().canRestart(), "a given PostgreSQL is not ours to stop");
        shopper.add(site.a()).logIn(site.b());
    }

    @AfterEach
    void theDatabaseIsBack() {
        if (stopped) {
            startDatabase();
        }
    }

    @Test
    void aRequestWithASessionGetsA503AndKeepsItsCookie() {
        stopDatabase();

        for (TomcatNode node : site.nodes()) {
            assertUnavailable(shopper.browser().get(node, "/shop/status"));
            assertUnavailable(shopper.browser().post(node, "/shop/cart", Map.of("sku", "lamp")));
            assertUnavailable(shopper.browser().probe(node, "set:a:1", "flushSwallowing", "write:20000"));
        }
        startDatabase();

        for (TomcatNode node : site.nodes()) {
            assertRecovers(node);
        }
        shopper.sees(site.a(), 1);
        assertThat(shopper.status(site.b())).contains("\"customer\":\"wilhelmina\"");
    }

    @Test
    void aNewSessionIsNotPromisedAndAPageWithoutOneIsServed() {
        stopDatabase();
        Browser newcomer = new Browser();

        assertUnavailable(newcomer.get(site.a(), "/shop/index.jsp"));
        assertThat(newcomer.probe(site.a(), "nothing").body()).isEqualTo("nothing\n");
        assertThat(newcomer.sessionCookie()).isEmpty();
    }

    @Test
    void aSaveThatFailsIsNotTakenForOne() {
        String gate = shopper.label();
        var late = shopper.browser().probeLater(site.a(), "count:n", "open:here-" + gate, "await:" + gate, "count:n");
        new Browser().probe(site.a(), "await:here-" + gate);
        stopDatabase();
        new Browser().probe(site.a(), "open:" + gate);

        assertUnavailable(late.join());
        startDatabase();

        assertRecovers(site.b());
        assertThat(shopper.browser().probe(site.b(), "get:n").value("n")).isEqualTo("(none)");
    }

    @Test
    void aTomcatThatStartsWithoutItsDatabaseComesUpAndRecovers() {
        site.a().stop();
        stopDatabase();

        site.a().start();

        assertUnavailable(shopper.browser().get(site.a(), "/shop/status"));
        startDatabase();
        assertRecovers(site.a());
        shopper.sees(site.a(), 1);
    }

    private void stopDatabase() {
        stopped = true;
        Site.postgres().stop();
    }

    private void startDatabase() {
        Site.postgres().startAgain();
        stopped = false;
    }

    private void assertRecovers(TomcatNode node) {
        await().atMost(30, SECONDS)
                .until(() -> shopper.browser().get(node, "/shop/status").status() == 200);
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.setCookies()).isEmpty();
    }
}
