package dev.holdfast.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.wire.Exchange;
import dev.holdfast.it.wire.Visitor;
import dev.holdfast.it.wire.Visitor.Probe;
import dev.holdfast.it.wire.Wire;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The database goes away while a request runs. Before the first byte the client gets a 503 and not the page, whatever the application
 * does about it; afterwards the answer breaks off.
 */
@ParameterizedClass
@EnumSource
final class FailedSaveIT {
    private static final String APP = "plain";
    private static final List<String> MODES = List.of("", "dispatch", "async", "own", "read");

    @Parameter
    TomcatLine line;

    private BarrierSite site() {
        return BarrierSite.of(line);
    }

    @AfterEach
    void theDatabaseIsBack() {
        site().network().heal();
    }

    @ParameterizedTest
    @EnumSource
    void beforeTheFirstByteItIsA503(Wire wire) throws IOException {
        List<List<String>> ways = List.of(
                List.of(),
                List.of("flush", "write:10"),
                List.of("write:64000"),
                List.of("stream:64000"),
                List.of("umlauts:8000"),
                List.of("flushSwallowing", "write:10"),
                List.of("writeSwallowing:64000", "writeSwallowing:64000"),
                List.of("redirect:/plain/elsewhere"),
                List.of("length:10", "write:10"),
                List.of("write:10", "close"),
                List.of("error:404"),
                List.of("error:409"));
        for (String mode : MODES) {
            for (List<String> way : ways) {
                assertUnavailable(wire, Probe.of(APP, mode), way);
            }
        }
        assertUnavailable(wire, Probe.of(APP, "write"), List.of("stream:64000"));
        assertUnavailable(wire, Probe.of(APP, "write"), List.of("flushSwallowing"));
    }

    private void assertUnavailable(Wire wire, Probe probe, List<String> way) throws IOException {
        String as = wire + " " + probe + " " + way;
        Visitor visitor = sessionThatIsThere(wire);
        String gate = BarrierSite.newName();
        CompletableFuture<Exchange> later = visitor.later(
                site().a(),
                probe.steps("append:m:lost", "open:here-" + gate, "await:" + gate)
                        .steps(way.toArray(String[]::new)));
        site().await(APP, "here-" + gate);
        site().network().refuse();
        site().open(APP, gate);
        try (Exchange exchange = later.join()) {
            assertThat(exchange.status()).as(as).isEqualTo(503);
            assertThat(exchange.header("Retry-After")).as(as).isPresent();
            assertThat(exchange.header("Set-Cookie")).as(as).isEmpty();
            assertThat(exchange.readAll()).as(as).doesNotContain("####", "\u00e4", "that was an error page");
        }
        assertThat(site().onTheOtherNode(visitor, APP, "m")).as(as).isEqualTo("[there]");
        site().network().heal();
    }

    @ParameterizedTest
    @EnumSource
    void afterwardsTheAnswerBreaksOff(Wire wire) throws IOException {
        for (String mode : MODES) {
            for (List<String> way : List.of(List.of("flush"), List.of("stream:64000"), List.of("stream:10", "flush"))) {
                String as = wire + " " + mode + " " + way;
                Visitor visitor = sessionThatIsThere(wire);
                String gate = BarrierSite.newName();
                Probe probe = Probe.of(APP, mode)
                        .steps("append:m:early")
                        .steps(way.toArray(String[]::new))
                        .steps("await:" + gate, "append:m:lost", "stream:10");
                try (Exchange exchange = visitor.begin(site().a(), probe)) {
                    assertThat(exchange.status()).as(as).isEqualTo(200);
                    site().network().refuse();
                    site().open(APP, gate);
                    assertThatThrownBy(exchange::readAll).as(as).isInstanceOf(IOException.class);
                }
                assertThat(site().onTheOtherNode(visitor, APP, "m")).as(as).isEqualTo("[there, early]");
                site().network().heal();
            }
        }
    }

    /** The session cannot be looked up: on no thread does the application get a fresh one instead. */
    @ParameterizedTest
    @EnumSource
    void aSessionThatCannotBeReachedIsA503(Wire wire) throws IOException {
        for (String mode : List.of("", "dispatch", "async", "read")) {
            Visitor visitor = sessionThatIsThere(wire);
            site().network().refuse();
            try (Exchange exchange =
                    visitor.begin(site().a(), Probe.of(APP, mode).steps("getSwallowing:m", "write:10"))) {
                assertThat(exchange.status()).as("%s %s", wire, mode).isEqualTo(503);
                assertThat(exchange.header("Retry-After")).isPresent();
                assertThat(exchange.header("Set-Cookie")).isEmpty();
            }
            try (Exchange exchange = new Visitor(wire)
                    .begin(site().a(), Probe.of(APP, mode).steps("getSwallowing:m", "set:a:b", "write:10"))) {
                assertThat(exchange.status()).as("%s %s", wire, mode).isEqualTo(503);
                assertThat(exchange.header("Set-Cookie")).isEmpty();
            }
            site().network().heal();
        }
    }

    /** Nor where a listener asks for it before any filter does, and makes do without. */
    @ParameterizedTest
    @EnumSource
    void aSessionThatAListenerCannotReachIsA503(Wire wire) throws IOException {
        for (String step : List.of("exists", "getSwallowing:m")) {
            Visitor visitor = new Visitor(wire);
            visitor.get(site().b(), Probe.of("gate", "").steps("append:m:there"));
            site().network().refuse();
            try (Exchange exchange = visitor.begin(
                    site().a(), Probe.of("gate", "").with("first", step).steps("write:10"))) {
                assertThat(exchange.status()).as("%s %s", wire, step).isEqualTo(503);
                assertThat(exchange.header("Retry-After")).isPresent();
                assertThat(exchange.header("Set-Cookie")).isEmpty();
                assertThat(exchange.readAll()).doesNotContain("####");
            }
            site().network().heal();
            assertThat(site().onTheOtherNode(visitor, "gate", "m")).isEqualTo("[there]");
        }
    }

    /** In a session that the database has, on a node that reaches it. */
    private Visitor sessionThatIsThere(Wire wire) {
        Visitor visitor = new Visitor(wire);
        BarrierSite site = site();
        await().atMost(30, SECONDS).ignoreExceptions().until(() -> {
            try (Exchange exchange = visitor.begin(site.a(), Probe.of(APP, "").steps("append:m:there"))) {
                return exchange.status() == 200 && exchange.readAll().isEmpty();
            }
        });
        return visitor;
    }
}
