package dev.holdfast.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.it.holdfast.Installation;
import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.net.TcpProxy;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two versions of an application at once: the connector asks both for the session, before any of them has the request. On a node
 * with one thread for requests, so that whatever a request leaves on its thread meets the next one.
 */
@ParameterizedClass
@EnumSource
final class ParallelVersionsIT {
    private static TcpProxy proxy;
    private static TomcatNode node;
    private static Browser old;
    private static Browser young;

    @Parameter
    TomcatLine line;

    @BeforeParameterizedClassInvocation
    static void aSessionInEachVersion(TomcatLine line) throws IOException {
        URI database = URI.create(Site.postgres().jdbcUrl().substring("jdbc:".length()));
        proxy = new TcpProxy(new InetSocketAddress(database.getHost(), database.getPort()), () -> TcpProxy.Tap.NONE);
        String schema = Site.postgres().createSchema();
        Installation installation = new Installation(
                "jdbc:postgresql://127.0.0.1:" + proxy.port() + database.getPath(),
                Site.postgres().username(),
                Site.postgres().password(),
                schema,
                Site.newKeyFile(line + "-" + schema));
        node = installation
                .into(TomcatNode.of(line, "versions"))
                .app("shop##1", Workshop.shop())
                .app("alone", Workshop.shop())
                .file("conf/server.xml", serverWithOneThread())
                .build();
        old = new Browser();
        young = new Browser();
        node.start();
        assertServed(old, "version=old", "set:version:old");
        node.stop();
        Path first = node.base().resolve("conf/Catalina/localhost/shop##1.xml");
        Files.copy(first, first.resolveSibling("shop##2.xml"));
        node.start();
        assertServed(young, "version=young", "set:version:young");
        assertServed(old, "version=old");
    }

    private static String serverWithOneThread() throws IOException {
        try (InputStream in = TomcatNode.class.getResourceAsStream("server.xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@JVM_ROUTE@", "")
                    .replace("<Connector ", "<Connector maxThreads=\"1\" minSpareThreads=\"1\" ");
        }
    }

    @AfterParameterizedClassInvocation
    static void end() {
        node.close();
        proxy.close();
    }

    @Test
    void whileTheDatabaseIsDownBothGetA503AndNobodyIsLoggedOut() {
        proxy.refuse();

        for (int i = 0; i < 3; i++) {
            assertUnavailable(probe(old, "get:version"));
            assertUnavailable(probe(young, "get:version"));
            assertUnavailable(old.get(node, "/shop/index.jsp"));
            assertThat(probe(new Browser(), "nothing").body()).isEqualTo("nothing\n");
        }
        proxy.heal();

        await().atMost(30, SECONDS).until(() -> probe(old, "get:version").status() == 200);
        assertServed(old, "version=old");
        assertServed(young, "version=young");
    }

    @Test
    void whatARequestLeavesOnItsThreadIsNoOthers() {
        proxy.refuse();
        // answered by the connector itself, which has asked for the session and failed
        assertThat(old.get(node, "/shop").status()).isEqualTo(302);
        assertThat(probe(new Browser(), "nothing").body()).isEqualTo("nothing\n");
        assertThat(old.get(node, "/shop").status()).isEqualTo(302);
        proxy.heal();

        String id = old.sessionCookie().orElseThrow();
        Answer elsewhere = new Browser().withSessionCookie("/", id).get(node, "/alone/probe?do=exists");
        assertThat(elsewhere.status()).as(elsewhere.toString()).isEqualTo(200);
        assertServed(old, "version=old");
    }

    /** It comes back at every moment of the request: before the first question, between two, before the pipeline. */
    @Test
    void aDatabaseThatComesBackMeanwhileLeadsNobodyIntoTheWrongVersion() {
        for (int round = 0; round < 40; round++) {
            proxy.refuse();
            CompletableFuture.delayedExecutor(round * 250, TimeUnit.MICROSECONDS)
                    .execute(proxy::heal);

            Answer answer = probe(old, "get:version");

            if (answer.status() == 200) {
                assertThat(answer.body()).isEqualTo("version=old\n");
                assertThat(answer.setCookies()).isEmpty();
            } else {
                assertUnavailable(answer);
            }
            awaitService();
        }
    }

    @Test
    void oneOfTwoSessionCookiesIsNotTakenForDead() {
        Browser twice = new Browser()
                .withSessionCookie("/shop", old.sessionCookie().orElseThrow())
                .withSessionCookie("/", "0123456789ABCDEF0123456789ABCDEF");
        Browser alone = new Browser();
        assertThat(alone.get(node, "/alone/probe?do=set:version:alone").status())
                .isEqualTo(200);
        alone.withSessionCookie("/", "0123456789ABCDEF0123456789ABCDEF");
        assertServed(twice, "version=old");
        proxy.refuse();

        assertUnavailable(probe(twice, "get:version"));
        assertUnavailable(alone.get(node, "/alone/probe?do=get:version"));
        proxy.heal();

        await().atMost(30, SECONDS).until(() -> probe(old, "get:version").status() == 200);
        assertServed(twice, "version=old");
        assertThat(alone.get(node, "/alone/probe?do=get:version").body()).isEqualTo("version=alone\n");
    }

    private static void awaitService() {
        await().atMost(30, SECONDS).until(() -> probe(old, "get:version").status() == 200);
    }

    private static Answer probe(Browser browser, String... steps) {
        return browser.probe(node, steps);
    }

    private static void assertServed(Browser browser, String line, String... before) {
        if (before.length > 0) {
            assertThat(probe(browser, before).status()).isEqualTo(200);
        }
        Answer answer = probe(browser, "get:version");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(line + "\n");
        assertThat(answer.setCookies()).isEmpty();
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.setCookies()).isEmpty();
    }
}
