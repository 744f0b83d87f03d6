package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.holdfast.Installation;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The README's steps on a Tomcat as it is unpacked, with the application that comes with it. */
final class ExamplesIT {
    private static final String SESSION_EXAMPLE = "/examples/servlets/servlet/SessionExample";

    @ParameterizedTest
    @EnumSource
    void tomcatsOwnSessionExampleSurvivesThatTomcatIsKilled(TomcatLine line) {
        try (TomcatNode node = Site.of(line)
                .node("examples")
                .app("examples", line.home().resolve("webapps/examples"))
                .build()
                .start()) {
            Browser browser = new Browser();
            browser.get(node, SESSION_EXAMPLE);
            browser.post(node, SESSION_EXAMPLE, Map.of("dataname", "ship", "datavalue", "Pequod"));
            String id = browser.sessionCookie().orElseThrow();
            assertThat(browser.get(node, SESSION_EXAMPLE).body()).contains("ship = Pequod");

            node.kill();
            node.start();

            assertThat(browser.get(node, SESSION_EXAMPLE).body()).contains("ship = Pequod", id);
        }
    }

    @Test
    void keygenExplainsItself() {
        Installation.Output help = Installation.command("keygen", "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.text()).containsIgnoringCase("usage").contains("keygen");
    }
}
