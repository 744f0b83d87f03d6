package dev.holdfast.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.wire.Exchange;
import dev.holdfast.it.wire.Visitor;
import dev.holdfast.it.wire.Visitor.Probe;
import dev.holdfast.it.wire.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Durable before visible, on every wire, on whatever thread the application runs, however the answer comes to be sent: a list that
 * is put into the session and changed in place afterwards is on the other node when the client has the first byte.
 */
@ParameterizedClass
@EnumSource
final class EveryWayIT {
    private static final List<String> MODES = List.of("", "dispatch", "async", "own", "read");

    @Parameter
    TomcatLine line;

    private BarrierSite site() {
        return BarrierSite.of(line);
    }

    @ParameterizedTest
    @EnumSource
    void whenTheAnswerIsComplete(Wire wire) throws IOException {
        List<List<String>> ways = List.of(
                List.of(),
                List.of("redirect:/plain/elsewhere"),
                List.of("error:404"),
                List.of("error:409"),
                List.of("length:10", "write:10"),
                List.of("length:0", "flush"),
                List.of("status:204"),
                List.of("status:304", "flush"),
                List.of("stream:20000"),
                List.of("umlauts:8000"),
                List.of("write:10", "close"),
                List.of("forward:/teapot.jsp"));
        for (String app : List.of("shop", "plain")) {
            for (String mode : MODES) {
                for (List<String> way : ways) {
                    assertSeenAfter("GET", wire, Probe.of(app, mode), way);
                }
            }
        }
        assertSeenAfter("GET", wire, Probe.of("plain", "write"), List.of());
        assertSeenAfter("GET", wire, Probe.of("plain", "write"), List.of("stream:20000"));
        for (String mode : MODES) {
            // Tomcat 11.0.24 leaves a HEAD over HTTP/2 that is answered asynchronously without an end, without Holdfast
            // too.
            if (wire == Wire.HTTP_2 && !mode.isEmpty() && !mode.equals("dispatch")) {
                continue;
            }
            assertSeenAfter("HEAD", wire, Probe.of("plain", mode), List.of());
            assertSeenAfter("HEAD", wire, Probe.of("plain", mode), List.of("write:20000"));
        }
        assertSeenAfter("GET", wire, Probe.of("plain", ""), List.of("throw"));
        assertSeenAfter("GET", wire, Probe.of("plain", "").steps("write:4000", "reset"), List.of("write:10"));
        assertSeenAfter("GET", wire, Probe.of("plain", "").steps("write:4000", "reset"), List.of("flush"));
    }

    /** With a session that the request brings, and with one that it makes. */
    private void assertSeenAfter(String method, Wire wire, Probe probe, List<String> way) throws IOException {
        Visitor visitor = new Visitor(wire);
        List<String> marks = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String mark = "m" + i;
            marks.add(mark);
            Probe request = probe.steps("append:m:" + mark).steps(way.toArray(String[]::new));
            try (Exchange exchange = visitor.begin(site().a(), method, request, "")) {
                exchange.readAll();
                assertThat(site().onTheOtherNode(visitor, probe.app(), "m"))
                        .as("%s %s %s %s, status %d", method, wire, probe, way, exchange.status())
                        .isEqualTo(marks.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenTheFirstByteIsThere(Wire wire) throws IOException {
        List<List<String>> ways = List.of(
                List.of("flush"),
                List.of("write:10", "flush"),
                List.of("write:64000"),
                List.of("stream:64000"),
                List.of("status:202", "flush"));
        for (String app : List.of("shop", "plain")) {
            for (String mode : MODES) {
                for (List<String> way : ways) {
                    assertSeenEarly(wire, Probe.of(app, mode), way);
                }
            }
        }
        assertSeenEarly(wire, Probe.of("plain", "write"), List.of("flush"));
    }

    /** A change after the first byte is there before the last one. */
    private void assertSeenEarly(Wire wire, Probe probe, List<String> way) throws IOException {
        Visitor visitor = new Visitor(wire);
        List<String> marks = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String gate = BarrierSite.newName();
            String mark = "m" + i;
            Probe request = probe.steps("append:m:" + mark)
                    .steps(way.toArray(String[]::new))
                    .steps("await:" + gate, "append:m:late" + i);
            try (Exchange exchange = visitor.begin(site().a(), request)) {
                marks.add(mark);
                assertThat(site().onTheOtherNode(visitor, probe.app(), "m"))
                        .as("at the first byte: %s %s %s", wire, probe, way)
                        .isEqualTo(marks.toString());

                site().open(probe.app(), gate);
                exchange.readAll();
                marks.add("late" + i);
                assertThat(site().onTheOtherNode(visitor, probe.app(), "m"))
                        .as("changed after the commit: %s %s %s", wire, probe, way)
                        .isEqualTo(marks.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenAnErrorPageChangesTheSession(Wire wire) throws IOException {
        for (String failure : List.of("error:409", "throw")) {
            String gate = BarrierSite.newName();
            Visitor visitor = new Visitor(wire);
            Probe probe = Probe.of("plain", "")
                    .steps(failure)
                    .with("page", "append:m:page", "write:64000", "await:" + gate, "append:m:late");
            try (Exchange exchange = visitor.begin(site().a(), probe)) {
                assertThat(exchange.status()).isIn(409, 500);
                assertThat(site().onTheOtherNode(visitor, "plain", "m"))
                        .as("%s %s", wire, failure)
                        .isEqualTo("[page]");
                site().open("plain", gate);
                assertThat(exchange.readAll()).endsWith("that was an error page\n");
            }
            assertThat(site().onTheOtherNode(visitor, "plain", "m"))
                    .as("%s %s", wire, failure)
                    .isEqualTo("[page, late]");
        }
        // Of an asynchronous request that is completed at once, Tomcat does not render the page.
        for (String mode : List.of("", "dispatch")) {
            Visitor visitor = new Visitor(wire);
            assertThat(visitor.get(
                            site().a(),
                            Probe.of("plain", mode).steps("error:410").with("mark", "jsp")))
                    .contains("an error page that changes the session");
            assertThat(site().onTheOtherNode(visitor, "plain", "m"))
                    .as("%s %s", wire, mode)
                    .isEqualTo("[jsp]");
        }
    }

    /** It may hold what it got from the session before, and Tomcat calls it when all filters are done. */
    @ParameterizedTest
    @EnumSource
    void whenAListenerChangesTheSessionAtTheEndOfTheRequest(Wire wire) throws IOException {
        for (List<String> way : List.of(List.<String>of(), List.of("write:10"), List.of("flush", "write:10"))) {
            Visitor visitor = new Visitor(wire);
            Probe probe = Probe.of("gate", "")
                    .steps("append:m:early", "hold:m")
                    .steps(way.toArray(String[]::new))
                    .with("last", "appendToHeld:late");
            try (Exchange exchange = visitor.begin(site().a(), probe)) {
                exchange.readAll();
                assertThat(site().onTheOtherNode(visitor, "gate", "m"))
                        .as("%s %s", wire, way)
                        .isEqualTo("[early, late]");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenNobodyCompletesTheRequest(Wire wire) throws IOException {
        Visitor visitor = new Visitor(wire);
        try (Exchange exchange =
                visitor.begin(site().a(), Probe.of("plain", "timeout").with("page", "append:m:page", "write:20000"))) {
            assertThat(exchange.status()).isEqualTo(500);
            assertThat(exchange.readAll()).endsWith("that was an error page\n");
        }
        assertThat(site().onTheOtherNode(visitor, "plain", "m")).isEqualTo("[page]");
    }

    @ParameterizedTest
    @EnumSource
    void whenTheBodyIsReadAsItComes(Wire wire) throws IOException {
        for (int i = 0; i < 2; i++) {
            Visitor visitor = new Visitor(wire);
            if (i == 1) {
                visitor.get(site().a(), Probe.of("plain", "").steps("nothing", "set:x:y"));
            }
            String gate = BarrierSite.newName();
            Probe probe = Probe.of("plain", "read")
                    .with("onData", "append:m:data", "flush")
                    .steps("await:" + gate, "append:m:end", "stream:20000");
            try (Exchange exchange = visitor.begin(site().a(), "POST", probe, "some text")) {
                assertThat(site().onTheOtherNode(visitor, "plain", "m"))
                        .as("%s, %d", wire, i)
                        .isEqualTo("[data]");
                site().open("plain", gate);
                assertThat(exchange.readAll()).hasSize(20_000);
            }
            assertThat(site().onTheOtherNode(visitor, "plain", "m"))
                    .as("%s, %d", wire, i)
                    .isEqualTo("[data, end]");
        }
    }

    /** What happens after the end of the response belongs to no request: it is saved when it is done. */
    @ParameterizedTest
    @EnumSource
    void whenTheApplicationGoesOnAfterTheAnswer(Wire wire) {
        for (String mode : List.of("async", "own")) {
            Visitor visitor = new Visitor(wire);
            visitor.get(site().a(), Probe.of("plain", "").steps("set:x:y"));
            String gate = BarrierSite.newName();
            visitor.get(site().a(), Probe.of("plain", mode).steps("completeThenSet:" + gate + ":m"));
            site().open("plain", gate);
            await().atMost(30, SECONDS).untilAsserted(() -> assertThat(site().onTheOtherNode(visitor, "plain", "m"))
                    .isEqualTo(gate));
        }
    }

    @Test
    void whenManyStreamsShareAConnection() throws IOException {
        Visitor visitor = new Visitor(Wire.HTTP_2);
        visitor.get(site().a(), Probe.of("plain", "").steps("set:x:y"));
        String gate = BarrierSite.newName();
        List<CompletableFuture<Exchange>> streams = Stream.iterate(0, i -> i + 1)
                .limit(24)
                .map(i -> visitor.later(
                        site().a(),
                        Probe.of("plain", MODES.get(i % MODES.size()))
                                .steps(
                                        "append:m" + i + ":early",
                                        "write:20000",
                                        "await:" + gate,
                                        "append:m" + i + ":late")))
                .toList();
        for (int i = 0; i < streams.size(); i++) {
            streams.get(i).join();
            assertThat(site().onTheOtherNode(visitor, "plain", "m" + i)).isEqualTo("[early]");
        }
        site().open("plain", gate);
        for (int i = 0; i < streams.size(); i++) {
            try (Exchange exchange = streams.get(i).join()) {
                exchange.readAll();
            }
            assertThat(site().onTheOtherNode(visitor, "plain", "m" + i)).isEqualTo("[early, late]");
        }
    }

    /** Both applications keep sessions of their own; in the second pair they go by the same id. */
    @ParameterizedTest
    @CsvSource({"plain, depot", "quay, harbour"})
    void whenTwoContextsTakePart(String from, String to) throws IOException {
        for (Wire wire : Wire.values()) {
            for (String mode : List.of("", "dispatch", "async")) {
                for (String verb : List.of("forwardTo", "includeOf")) {
                    assertBothAreThere(wire, mode, verb, from, to);
                }
            }
        }
    }

    private void assertBothAreThere(Wire wire, String mode, String verb, String from, String to) throws IOException {
        Visitor visitor = new Visitor(wire);
        for (int i = 0; i < 2; i++) {
            String gate = BarrierSite.newName();
            String inner = "/errorpage?page=append:m:there" + i + "&page=write:20000&page=await:" + gate
                    + "&page=append:m:late" + i;
            Probe probe = Probe.of(from, mode).steps("append:m:here" + i, verb + ":" + to + ":" + inner);
            try (Exchange exchange = visitor.begin(site().a(), probe)) {
                String as = String.join(" ", wire.toString(), mode, verb, Integer.toString(i));
                assertThat(site().onTheOtherNode(visitor, from, "m")).as(as).endsWith("here" + i + "]");
                assertThat(throughDispatch(visitor, from, to)).as(as).endsWith("there" + i + "]");
                site().open(to, gate);
                exchange.readAll();
                assertThat(throughDispatch(visitor, from, to)).as(as).endsWith("late" + i + "]");
            }
        }
    }

    /** What the other node has in the second context's session, of which the client has no cookie. */
    private String throughDispatch(Visitor visitor, String from, String to) {
        String body = visitor.over(Wire.HTTP_1_1)
                .get(site().b(), Probe.of(from, "").steps("includeOf:" + to + ":/errorpage?page=get:m"));
        return BarrierSite.value(body, "m");
    }
}
