package dev.holdfast.it;

import static dev.holdfast.it.MeteredSite.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.MeteredSite.Metered;
import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.net.StatementCounter.Executed;
import dev.holdfast.it.node.TomcatLine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a request costs, counted on the way to PostgreSQL; the cookie is always sent. */
@ParameterizedClass
@EnumSource
final class StatementsIT {
    private static final String LOGIN = "login:" + Shopper.USER + ":" + Shopper.PASSWORD;

    private final MeteredSite site;
    private final Metered a;
    private final Metered b;
    private final Browser browser = new Browser();

    StatementsIT(TomcatLine line) {
        site = MeteredSite.of(line);
        a = site.a();
        b = site.b();
    }

    private Answer probe(Metered at, String... steps) {
        Answer answer = browser.get(at.node(), plain("", steps));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private List<String> costOf(Metered at, String... steps) {
        return at.verbs(() -> probe(at, steps));
    }

    @Test
    void aSessionThatIsNotUsedCostsNothing() {
        probe(a, "set:x:1");
        probe(b, "get:x");

        for (Metered each : site.nodes()) {
            probe(each, "get:x");
            assertThat(costOf(each, "nothing")).isEmpty();
            assertThat(costOf(each, "user", "auth", "nothing")).isEmpty();
            assertThat(each.verbs(() -> browser.get(each.node(), "/plain/static.txt")))
                    .isEmpty();
        }
    }

    @Test
    void readingCostsOneStatement() {
        probe(a, "set:x:1", "append:list:a");

        for (Metered each : List.of(a, b, a, b)) {
            assertThat(costOf(each, "get:x", "get:list", "names", "valid", "exists", "getTimeout"))
                    .containsExactly("select");
        }
    }

    @Test
    void changingCostsOneMore() {
        probe(a, "set:x:1", "append:list:a");

        for (Metered each : List.of(a, b, a, b)) {
            assertThat(costOf(each, "set:x:" + each.node().name(), "append:list:b", "count:n", "remove:y"))
                    .containsExactly("select", "update");
            probe(each, "set:y:1");
            assertThat(costOf(each, "remove:y", "write:20000")).containsExactly("select", "update");
            assertThat(costOf(each, "timeout:" + (1_000 + each.node().name().hashCode() % 100)))
                    .containsExactly("select", "update");
            assertThat(costOf(each, "timeout:1800")).containsExactly("select", "update");
        }
    }

    @Test
    void aNewSessionCostsAnInsertAndTheLookForTheOldOne() {
        assertThat(costOf(a, "set:x:1")).containsExactly("insert");

        browser.withSessionCookie("/plain", "0123456789ABCDEF0123456789ABCDEF");
        assertThat(costOf(a, "set:x:1", "valid", "exists")).containsExactly("select", "insert");

        assertThat(a.verbs(() -> new Browser().get(a.node(), "/plain/index.jsp")))
                .containsExactly("insert");
        Browser stale = new Browser().withSessionCookie("/plain", "0123456789ABCDEF0123456789ABCDEF");
        assertThat(a.verbs(() -> stale.get(a.node(), "/plain/index.jsp"))).containsExactly("select", "insert");
        assertThat(b.verbs(() -> stale.get(b.node(), "/plain/index.jsp"))).containsExactly("select");
    }

    @Test
    void aProgrammaticLoginCostsFourAndItsTransaction() {
        probe(a, "set:x:1");

        List<Executed> login = b.during(() -> probe(b, LOGIN, "set:x:2", "user"));

        assertThat(login.stream().filter(Executed::isFrame).map(Executed::sql)).containsExactly("BEGIN", "COMMIT");
        assertThat(b.verbs(() -> probe(b, "user"))).containsExactly("select");
        assertThat(login).hasSize(6);
    }

    @Test
    void aChangeOfIdCostsFour() {
        probe(a, "set:x:1");

        // the last one makes sure of the id that the answer tells; a save behind the rotation would do so as well
        assertThat(costOf(b, "set:x:2", "rotate")).containsExactly("select", "update", "insert", "select");
        assertThat(costOf(a, "rotate", "set:x:3")).containsExactly("select", "update", "insert", "update");
    }

    @Test
    void eachStepOfAFormLogin() {
        Map<String, String> credentials = Map.of("j_username", Shopper.USER, "j_password", Shopper.PASSWORD);
        browser.get(a.node(), Browser.probePath("", "set:x:1"));
        String orders = "/shop/account/orders.jsp";

        assertThat(b.verbs(
                        () -> assertThat(browser.get(b.node(), orders).body()).contains("j_security_check")))
                .as("the login page")
                .containsExactly("select", "update", "insert", "update");
        assertThat(a.verbs(() -> assertThat(browser.post(a.node(), "/shop/account/j_security_check", credentials)
                                .location())
                        .isEqualTo(orders)))
                .as("the credentials")
                .containsExactly("select", "update", "insert", "update");
        assertThat(b.verbs(
                        () -> assertThat(browser.get(b.node(), orders).body()).contains("Orders of " + Shopper.USER)))
                .as("the page asked for")
                .containsExactly("select", "update");
        assertThat(a.verbs(
                        () -> assertThat(browser.get(a.node(), orders).body()).contains("Orders of " + Shopper.USER)))
                .as("the page once more")
                .containsExactly("select");
    }

    @Test
    void aLogoutCostsTwo() {
        probe(a, "set:x:1");
        assertThat(costOf(b, "invalidate")).containsExactly("select", "delete");

        probe(a, "set:x:1");
        probe(a, LOGIN);
        assertThat(costOf(b, "logout")).containsExactly("select", "update");
        assertThat(costOf(a, "user")).containsExactly("select");
        assertThat(costOf(a, "user")).isEmpty();
    }

    @Test
    void aConflictCostsAPairMore() {
        probe(a, "set:x:1");
        String gate = "conflict-" + a.node().name() + browser.sessionCookie().orElseThrow();
        a.counter().take();
        var slow = browser.getLater(a.node(), plain("", "set:x:a", "open:here-" + gate, "await:" + gate));
        new Browser().get(a.node(), plain("", "await:here-" + gate));
        probe(b, "set:y:b");
        new Browser().get(a.node(), plain("", "open:" + gate));
        assertThat(slow.join().status()).isEqualTo(200);
        new Browser().get(a.node(), "/");

        assertThat(a.counter().take().stream()
                        .filter(statement -> !statement.isFrame())
                        .map(statement -> statement.sql().split(" ", 2)[0]))
                .containsExactly("select", "update", "select", "update");
        assertThat(probe(a, "get:x", "get:y").body().lines()).containsExactly("x=a", "y=b");
    }

    @Test
    void anAsynchronousRequestCostsTheSame() {
        probe(a, "set:x:1");
        assertThat(costOf(b, "nothing"))
                .as("the first that this node sees of it")
                .containsExactly("select");
        for (String mode : List.of("async", "dispatch")) {
            assertThat(b.verbs(() -> browser.get(b.node(), plain(mode, "nothing"))))
                    .as(mode)
                    .isEmpty();
            assertThat(b.verbs(() -> browser.get(b.node(), plain(mode, "get:x"))))
                    .as(mode)
                    .containsExactly("select");
            assertThat(b.verbs(() -> browser.get(b.node(), plain(mode, "count:n"))))
                    .as(mode)
                    .containsExactly("select", "update");
        }
    }

    @Test
    void aChangeBeforeAndOneAfterTheCommitCostOneEach() {
        probe(a, "set:x:1");

        assertThat(costOf(b, "set:x:2", "flush", "set:x:3", "write:10")).containsExactly("select", "update", "update");
        assertThat(costOf(b, "set:x:4", "flush", "get:x", "write:10", "flush", "write:64000"))
                .containsExactly("select", "update");
        assertThat(costOf(b, "flush", "write:10", "flush", "set:x:5")).containsExactly("select", "update");
    }

    @Test
    void readingValuesOfAnyTypeCostsOneStatement() {
        String[] kinds = probe(a, "kinds").value("kinds").split(",");
        probe(a, Arrays.stream(kinds).map(kind -> "make:" + kind + ":" + kind).toArray(String[]::new));
        String[] describe = Arrays.stream(kinds).map(kind -> "describe:" + kind).toArray(String[]::new);
        assertThat(kinds).hasSizeGreaterThan(40);

        for (Metered each : List.of(a, b, a, b)) {
            assertThat(costOf(each, describe)).containsExactly("select");
        }
        for (String kind : kinds) {
            assertThat(costOf(b, "describe:" + kind)).as(kind).containsExactly("select");
        }
    }

    @Test
    void theServersPreparedStatementsAreUsedAgain() {
        probe(a, "set:x:0");
        for (int i = 0; i < 20; i++) {
            probe(a, "set:x:" + i);
        }

        assertThat(a.during(() -> probe(a, "set:x:last"))).hasSize(2).noneMatch(Executed::parsed);
    }

    @Test
    void aPoolOfTomcatsCostsTheSameAlsoIfItsConnectionsWaitForACommit() {
        TomcatLine line = a.node().line();
        String schema = Site.postgres().createSchema();
        try (Metered pooled = MeteredSite.node(
                line,
                "metered-jndi",
                schema,
                Site.newKeyFile(line + "-" + schema),
                "context-jndi.xml",
                "testOnBorrow=\"true\"",
                "testOnBorrow=\"false\" defaultAutoCommit=\"false\"")) {
            probe(pooled, "set:x:1");
            probe(pooled, "get:x");

            assertThat(costOf(pooled, "nothing")).isEmpty();
            assertThat(pooled.during(() -> probe(pooled, "get:x")).stream().map(Executed::sql))
                    .singleElement()
                    .asString()
                    .startsWith("select");
            assertThat(pooled.during(() -> probe(pooled, "set:x:2"))).hasSize(2);
            assertThat(pooled.during(() -> probe(pooled, LOGIN, "set:x:3"))).hasSize(6);
        }
    }
}
