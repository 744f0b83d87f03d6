package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever becomes of a request that changed the session id, its answer carries the id that works. */
@ParameterizedClass
@EnumSource
final class LastCookieIT {
    private final Site site;
    private final Browser browser = new Browser();
    private final String gate = UUID.randomUUID().toString();

    LastCookieIT(TomcatLine line) {
        site = Site.of(line);
    }

    @Test
    void survivesAFailedSave() {
        browser.probe(site.a(), "set:x:1");
        String old = browser.sessionCookie().orElseThrow();
        CompletableFuture<Answer> login = waiting(site.a(), "rotate", "then", "set:y:never");

        site.table().rename("elsewhere");
        try {
            go(site.a(), "then");
            Answer failed = login.join();
            assertThat(failed.status()).as(failed.toString()).isEqualTo(503);
            assertThat(failed.header("Retry-After")).isPresent();
        } finally {
            site.table().renameBack("elsewhere");
        }

        works(old);
        assertThat(browser.probe(site.b(), "get:y").value("y")).isEqualTo("(none)");
    }

    @Test
    void isTheOneOfNowWhenASlowAnswerLeaves() {
        browser.probe(site.a(), "set:x:1");
        String old = browser.sessionCookie().orElseThrow();
        CompletableFuture<Answer> other = waiting(site.b(), "exists", "other", "rotate");
        CompletableFuture<Answer> slow = waiting(site.a(), "rotate", "slow", "nothing");
        go(site.b(), "other");
        other.join();
        String between = browser.sessionCookie().orElseThrow();
        assertThat(between).as("the id that the slow one gave").isNotEqualTo(old);
        assertThat(browser.probe(site.b(), "rotate").status()).isEqualTo(200);

        go(site.a(), "slow");
        Answer last = slow.join();

        assertThat(last.setCookies()).singleElement().asString().doesNotContain(between);
        works(old);
    }

    @Test
    void isOneForTwoRotationsOnOneNode() {
        browser.probe(site.a(), "set:x:1");
        String old = browser.sessionCookie().orElseThrow();
        CompletableFuture<Answer> second = waiting(site.a(), "exists", "second", "rotate");
        Answer first = browser.probe(site.a(), "rotate");
        go(site.a(), "second");

        assertThat(second.join().value("id")).isEqualTo(first.value("id"));
        works(old);
    }

    /** A request that has done its first step and waits before the last. */
    private CompletableFuture<Answer> waiting(TomcatNode node, String first, String name, String last) {
        CompletableFuture<Answer> answer =
                browser.probeLater(node, first, "open:here-" + name + gate, "await:" + name + gate, last);
        new Browser().probe(node, "await:here-" + name + gate);
        return answer;
    }

    private void go(TomcatNode node, String name) {
        new Browser().probe(node, "open:" + name + gate);
    }

    private void works(String old) {
        assertThat(browser.sessionCookie()).get().isNotEqualTo(old);
        for (TomcatNode node : site.nodes()) {
            assertThat(browser.probe(node, "exists", "get:x").body().lines()).containsExactly("exists=true", "x=1");
            Browser thief = new Browser().withSessionCookie("/shop", old);
            assertThat(thief.probe(node, "exists").value("exists")).isEqualTo("false");
        }
    }
}
