package dev.holdfast.it;

import static dev.holdfast.it.MeteredSite.plain;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.it.MeteredSite.Metered;
import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An application without login configuration: Tomcat's authenticator looks into the session of each request all the same. That
 * costs no statement, and yet no login is overlooked and no session dies.
 */
@ParameterizedClass
@EnumSource
final class AuthenticatorLookIT {
    private static final String LOGIN = "login:" + Shopper.USER + ":" + Shopper.PASSWORD;
    private static final String STATIC = "/plain/static.txt";

    private final MeteredSite site;
    private final Metered a;
    private final Metered b;
    private final Browser browser = new Browser();

    AuthenticatorLookIT(TomcatLine line) {
        site = MeteredSite.of(line);
        a = site.a();
        b = site.b();
    }

    private Answer probe(Metered at, String... steps) {
        Answer answer = browser.get(at.node(), plain("", steps));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    /** Twice: what a node learns from the first request must not let it spare the second. */
    private void assertLoggedIn(Metered at) {
        for (int i = 0; i < 2; i++) {
            assertThat(probe(at, "user", "auth", "role:customer").body().lines())
                    .as("%s knows who is logged in", at.node())
                    .containsExactly("user=" + Shopper.USER, "auth=NONE", "role=true");
        }
    }

    private void assertLoggedOut(Metered at) {
        assertThat(probe(at, "user").value("user")).isEqualTo("null");
    }

    @Test
    void aLoginIsSeenAtOnceByANodeThatNeverSawTheSession() {
        probe(a, "set:x:1");
        probe(a, LOGIN);

        assertLoggedIn(b);
        assertLoggedIn(a);
    }

    @Test
    void aLoginIsSeenAtOnceByNodesThatHadSeenTheSessionWithoutOne() {
        probe(a, "set:x:1");
        for (Metered each : site.nodes()) {
            probe(each, "get:x");
            assertLoggedOut(each);
        }

        probe(a, LOGIN);

        assertLoggedIn(b);
        assertLoggedIn(a);
        assertThat(probe(b, "get:x").value("x")).isEqualTo("1");
    }

    @Test
    void aLoginThatMakesTheSessionIsSeen() {
        probe(a, LOGIN, "set:x:1");

        assertLoggedOut(a);
        browser.get(a.node(), STATIC);

        Browser other = new Browser();
        assertThat(other.get(a.node(), plain("", "set:x:1", LOGIN, "user")).value("user"))
                .isEqualTo(Shopper.USER);
        for (Metered each : List.of(b, a)) {
            assertThat(other.get(each.node(), plain("", "user")).value("user")).isEqualTo(Shopper.USER);
        }
    }

    @Test
    void aLoginChangesTheIdAlsoWhereTheLookWasSpared() {
        probe(a, "set:x:1");
        probe(a, "get:x");
        String before = browser.sessionCookie().orElseThrow();
        assertThat(a.verbs(() -> browser.get(a.node(), STATIC))).isEmpty();

        probe(a, LOGIN);

        assertThat(browser.sessionCookie().orElseThrow()).isNotEqualTo(before);
        Browser thief = new Browser().withSessionCookie("/plain", before);
        assertThat(thief.get(a.node(), plain("", "exists")).value("exists")).isEqualTo("false");
    }

    @Test
    void aLogoutIsSeenAtOnceAndALoginAfterIt() {
        probe(a, "set:x:1");
        probe(a, LOGIN);
        assertLoggedIn(b);

        probe(b, "logout");

        for (Metered each : List.of(a, b)) {
            assertLoggedOut(each);
            assertThat(each.verbs(() -> browser.get(each.node(), STATIC))).isEmpty();
        }
        probe(a, LOGIN);
        assertLoggedIn(b);
        assertLoggedIn(a);
    }

    @Test
    void aSpareLookIsNotTheApplicationsAnswer() {
        probe(a, "set:x:1");
        probe(b, "get:x");

        for (Metered each : site.nodes()) {
            assertThat(probe(each, "exists", "valid", "get:x").body().lines())
                    .containsExactly("exists=true", "valid=true", "x=1");
            assertThat(probe(each, "new").value("new")).isEqualTo("false");
        }
    }

    @Test
    void aSessionThatEndedElsewhereIsGoneForTheApplication() {
        probe(a, "set:x:1");
        probe(b, "get:x");

        probe(a, "invalidate");

        String dead = browser.sessionCookie().orElseThrow();
        for (Metered each : site.nodes()) {
            Browser late = new Browser().withSessionCookie("/plain", dead);
            assertThat(late.get(each.node(), STATIC).body()).isEqualTo("static\n");
            assertThat(late.get(each.node(), plain("", "exists")).value("exists"))
                    .isEqualTo("false");
        }
    }

    /** An interval of a second: each node may ask, and touch, once in each. */
    @Test
    void staticFilesAloneKeepTheSessionAlive() {
        int timeoutSeconds = 10;
        probe(a, "set:x:1", "timeout:" + timeoutSeconds);
        probe(b, "get:x");
        Instant begin = Instant.now();
        Instant end = begin.plus(Duration.ofMillis(timeoutSeconds * 1_300));
        List<String> statements = new ArrayList<>();
        int[] requests = {0};

        await().atMost(60, SECONDS).pollInterval(Duration.ofMillis(20)).until(() -> {
            requests[0]++;
            statements.addAll(a.verbs(
                    () -> assertThat(browser.get(a.node(), STATIC).status()).isEqualTo(200)));
            return Instant.now().isAfter(end);
        });

        assertThat(probe(b, "get:x").value("x")).isEqualTo("1");
        assertThat(probe(a, "get:x").value("x")).isEqualTo("1");
        long intervals = Duration.between(begin, Instant.now()).toSeconds() + 2;
        assertThat(requests[0]).isGreaterThan(100);
        assertThat(statements).filteredOn("touch"::equals).hasSizeBetween(5, (int) intervals);
        assertThat(statements).filteredOn("select"::equals).hasSizeBetween(5, (int) intervals);
    }

    @Test
    void withALoginConfigurationTheLookIsInEarnest() {
        browser.get(a.node(), Browser.probePath("", "set:x:1"));
        browser.get(a.node(), Browser.probePath("", "get:x"));

        assertThat(a.verbs(() -> browser.get(a.node(), Browser.probePath("", "nothing"))))
                .containsExactly("select");
    }
}
