package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.it.node.TomcatLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A session outlives the processes that serve it. */
@ParameterizedClass
@EnumSource
final class RestartIT {
    private final Site site;
    private final Shopper shopper = new Shopper();

    RestartIT(TomcatLine line) {
        site = Site.of(line);
    }

    @BeforeEach
    void fillTheCartAndLogIn() {
        shopper.add(site.a()).add(site.a()).logIn(site.a());
    }

    @Test
    void survivesAnOrderlyRestartOfTomcat() {
        site.a().restart();

        assertAllIsThere();
    }

    @Test
    void survivesThatTomcatIsKilled() {
        site.a().kill();
        site.a().start();

        assertAllIsThere();
    }

    @Test
    void survivesThatBothNodesAreKilled() {
        site.a().kill();
        site.b().kill();
        site.a().launch();
        site.b().launch();
        site.a().awaitAnswer();
        site.b().awaitAnswer();

        assertAllIsThere();
    }

    @Test
    void survivesARestartOfPostgres() {
        assumeTrue(Site.postgres().canRestart(), "a given PostgreSQL is not ours to restart");

        Site.postgres().restart();

        assertAllIsThere();
    }

    private void assertAllIsThere() {
        String before = shopper.sessionId();
        shopper.sees(site.a(), 2);
        assertThat(shopper.status(site.a())).contains("\"customer\":\"wilhelmina\"");
        shopper.add(site.a());
        shopper.sees(site.a(), 3);
        shopper.sees(site.b(), 3);
        assertThat(shopper.sessionId()).isEqualTo(before);
    }
}
