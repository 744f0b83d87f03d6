package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client has an answer for, the other node knows: however the answer comes to be sent. */
@ParameterizedClass
@EnumSource
final class VisibleIT {
    @Parameter
    TomcatLine line;

    private final Browser browser = new Browser();

    private Site site() {
        return Site.of(line);
    }

    @Test
    void whateverWayTheAnswerEnds() {
        List<String[]> ways = List.of(
                new String[] {"count:n"},
                new String[] {"count:n", "redirect:/shop/elsewhere"},
                new String[] {"count:n", "error:418"},
                new String[] {"count:n", "error:404"},
                new String[] {"count:n", "throw"},
                new String[] {"count:n", "length:10", "write:10"},
                new String[] {"count:n", "length:0", "flush"},
                new String[] {"count:n", "forward:/teapot.jsp"},
                new String[] {"count:n", "write:64000"});
        int expected = 0;
        for (String mode : List.of("", "dispatch", "async")) {
            for (String[] way : ways) {
                browser.get(site().a(), Browser.probePath(mode, way));
                assertThat(seenOnTheOtherNode())
                        .as("%s %s", mode, String.join(" ", way))
                        .isEqualTo(++expected);
            }
        }
    }

    @Test
    void asSoonAsTheFirstByteIsThere() throws IOException {
        browser.probe(site().a(), "count:n");
        int expected = 1;
        for (String mode : List.of("", "dispatch", "async")) {
            for (String early : List.of("flush", "write:64000")) {
                String gate = "first-byte-" + mode + early.length()
                        + browser.sessionCookie().orElseThrow();
                try (var beginning = browser.begin(
                        site().a(), Browser.probePath(mode, "count:n", early, "await:" + gate, "set:late:" + gate))) {
                    assertThat(beginning.status()).isEqualTo(200);
                    assertThat(seenOnTheOtherNode()).as("%s %s", mode, early).isEqualTo(++expected);

                    new Browser().probe(site().a(), "open:" + gate);
                    beginning.body().readAllBytes();
                }
                Answer after = browser.probe(site().b(), "get:late");
                assertThat(after.value("late"))
                        .as("changed after the commit, %s %s", mode, early)
                        .isEqualTo(gate);
            }
        }
    }

    @Test
    void aRequestThatOnlyLooksWritesNothing() {
        browser.probe(site().a(), "append:list:x", "set:a:1", "count:n", "make:map:linkedHashMap", "make:p:properties");
        String id = browser.sessionCookie().orElseThrow();
        long revision = site().table().row("/shop", id).orElseThrow().number("revision");

        browser.probe(site().b(), "get:list", "get:a", "get:n", "describe:map", "describe:p", "names");
        browser.probe(site().a(), "get:list", "get:a", "get:n", "describe:map", "describe:p", "names");

        assertThat(site().table().row("/shop", id).orElseThrow().number("revision"))
                .isEqualTo(revision);
    }

    private int seenOnTheOtherNode() {
        return Integer.parseInt(browser.probe(site().b(), "get:n").value("n"));
    }
}
