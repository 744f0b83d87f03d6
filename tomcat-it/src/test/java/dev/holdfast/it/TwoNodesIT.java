package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each request to the other node. */
@ParameterizedClass
@EnumSource
final class TwoNodesIT {
    private final Site site;
    private final Shopper shopper = new Shopper();

    TwoNodesIT(TomcatLine line) {
        site = Site.of(line);
    }

    @Test
    void cartAndLoginAreIntactAndListenersFireOnce() {
        for (int i = 0; i < 5; i++) {
            shopper.add(site.a()).add(site.b());
        }
        shopper.sees(site.a(), 10);
        String first = shopper.sessionId();
        shopper.logIn(site.b());
        String second = shopper.sessionId();
        assertThat(second).isNotEqualTo(first);
        assertThat(shopper.status(site.a())).contains("\"customer\":\"wilhelmina\"", "\"pages\":10", "\"quantity\":10");
        assertThat(shopper.status(site.b())).contains("\"customer\":\"wilhelmina\"", "\"pages\":10", "\"quantity\":10");
        shopper.logOut(site.a());

        assertThat(site.events("sessionCreated " + first)).isEqualTo(1);
        assertThat(site.events("valueBound " + shopper.label())).isEqualTo(1);
        assertThat(site.events("sessionIdChanged " + first)).isEqualTo(1);
        assertThat(site.events("sessionDestroyed " + shopper.label() + " items=1"))
                .isEqualTo(1);
        assertThat(site.events("valueUnbound " + shopper.label())).isEqualTo(1);
    }

    @Test
    void anIdFromOneNodesRouteServesOnTheOther() {
        shopper.add(site.a());
        String id = shopper.sessionId();
        assertThat(id).endsWith(".a");

        shopper.add(site.b());

        assertThat(shopper.sessionId()).isEqualTo(id);
        assertThat(Shopper.withStolen(id.substring(0, id.indexOf('.')) + ".b").status(site.b()))
                .contains(shopper.label());
    }

    @Test
    void changesToDifferentAttributesAtTheSameTimeBothSurvive() {
        Browser browser = shopper.browser();
        browser.probe(site.a(), "set:one:before", "set:two:before", "count:inPlace", "append:list:before");
        String gate = shopper.label();

        var atA = browser.probeLater(
                site.a(), "get:one", "open:here-" + gate, "await:" + gate, "set:one:A", "remove:two");
        var atB = browser.probeLater(
                site.b(),
                "get:one",
                "open:here-" + gate,
                "await:" + gate,
                "set:three:B",
                "count:inPlace",
                "append:list:B");
        for (TomcatNode node : site.nodes()) {
            new Browser().probe(node, "await:here-" + gate);
        }
        for (TomcatNode node : site.nodes()) {
            new Browser().probe(node, "open:" + gate);
        }
        assertThat(atA.join().status()).isEqualTo(200);
        assertThat(atB.join().status()).isEqualTo(200);

        for (TomcatNode node : site.nodes()) {
            assertThat(browser.probe(node, "get:one", "get:two", "get:three", "get:inPlace", "get:list")
                            .body()
                            .lines())
                    .containsExactly("one=A", "two=(none)", "three=B", "inPlace=2", "list=[before, B]");
        }
    }

    @Test
    void requestsAtTheSameTimeOnOneNodeShareTheObjects() {
        Browser browser = shopper.browser();
        browser.probe(site.a(), "append:list:first");
        String gate = shopper.label();

        var holder =
                browser.probeLater(site.a(), "hold:list", "open:here-" + gate, "await:" + gate, "appendToHeld:third");
        new Browser().probe(site.a(), "await:here-" + gate);
        assertThat(browser.probe(site.a(), "append:list:second", "get:list").value("list"))
                .isEqualTo("[first, second]");
        new Browser().probe(site.a(), "open:" + gate);
        assertThat(holder.join().status()).isEqualTo(200);

        assertThat(browser.probe(site.b(), "get:list").value("list")).isEqualTo("[first, second, third]");
    }

    @Test
    void oneObjectUnderTwoNamesStaysOne() {
        Browser browser = shopper.browser();
        browser.probe(site.a(), "share:left:right");

        browser.probe(site.b(), "append:left:x");

        assertThat(browser.probe(site.a(), "append:right:y", "get:left").value("left"))
                .isEqualTo("[x, y]");
        assertThat(browser.probe(site.b(), "get:right").value("right")).isEqualTo("[x, y]");
    }

    @Test
    void valuesOfManyTypesArriveAsTheyWere() {
        Browser browser = shopper.browser();
        String[] kinds = browser.probe(site.a(), "kinds").value("kinds").split(",");
        Answer made = browser.probe(
                site.a(),
                Arrays.stream(kinds)
                        .flatMap(kind -> Stream.of("make:" + kind + ":" + kind, "describe:" + kind))
                        .toArray(String[]::new));
        assertThat(made.status()).isEqualTo(200);

        Answer seen = browser.probe(
                site.b(), Arrays.stream(kinds).map(kind -> "describe:" + kind).toArray(String[]::new));

        assertThat(seen.body().lines())
                .containsExactlyElementsOf(made.body().lines().toList());
        assertThat(kinds).hasSizeGreaterThan(40);
    }

    @Test
    void timeoutAndTimeOfCreationAreTheSessionsNotTheNodes() {
        Browser browser = shopper.browser();
        Answer first = browser.probe(site.a(), "new", "timeout:4321", "created");
        assertThat(first.value("new")).isEqualTo("true");

        Answer second = browser.probe(site.b(), "new", "getTimeout", "created");

        assertThat(second.value("new")).isEqualTo("false");
        assertThat(second.value("timeout")).isEqualTo("4321");
        assertThat(second.value("created")).isEqualTo(first.value("created"));
    }

    @Test
    void removedAttributesAreGoneEverywhere() {
        Browser browser = shopper.browser();
        browser.probe(site.a(), "set:keep:k", "set:drop:d");
        browser.probe(site.b(), "remove:drop");

        assertThat(browser.probe(site.a(), "names").value("names")).isEqualTo("keep");
        assertThat(browser.probe(site.b(), "names").value("names")).isEqualTo("keep");
    }
}
