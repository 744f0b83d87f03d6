package dev.holdfast.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import javax.management.ObjectName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing of Holdfast is left after an application is gone. */
final class LeakIT {
    private static final int REDEPLOYMENTS = 20;
    private static final String LOADER = "org.apache.catalina.loader.ParallelWebappClassLoader";

    @ParameterizedTest
    @EnumSource
    void twentyRedeploymentsLeaveOneClassLoaderAndAnUndeploymentNoThread(TomcatLine line) throws IOException {
        try (TomcatNode node =
                Site.of(line).node("leak").app("shop", Workshop.shop()).build().start()) {
            Path descriptor = node.base().resolve("conf/Catalina/localhost/shop.xml");
            for (int i = 1; i <= REDEPLOYMENTS; i++) {
                use(node);
                // Tomcat looks at whole seconds, and not at files of the last one
                Files.setLastModifiedTime(
                        descriptor, FileTime.from(Instant.now().minusSeconds(3600L * i)));
                node.jvm().checkDeployments("/shop");
            }
            use(node);
            await().atMost(30, SECONDS)
                    .untilAsserted(
                            () -> assertThat(node.jvm().liveObjects(LOADER)).isEqualTo(1));
            assertThat(deployments(node)).isEqualTo(REDEPLOYMENTS + 1);

            Files.delete(descriptor);
            node.jvm().checkDeployments("/shop");

            await().atMost(30, SECONDS).untilAsserted(() -> {
                assertThat(node.jvm().liveObjects(LOADER)).isZero();
                assertThat(node.jvm().threads()).doesNotContainIgnoringCase("holdfast");
                assertThat(holdfastBeans(node)).isZero();
            });
            assertThat(node.log().text())
                    .doesNotContain("but has failed to stop it", "very likely to create a memory leak");
            node.stop();
        }
    }

    /** Sessions with values of the application's own classes, a login, and a rotation. */
    private static void use(TomcatNode node) {
        Shopper shopper = new Shopper().add(node).logIn(node);
        shopper.browser()
                .probe(node, "make:h:hooked", "make:r:record", "make:e:enumMap", "make:x:exception", "count:n");
        shopper.browser().probe(node, "describe:h", "describe:r", "describe:e", "describe:x", "count:n");
        new Shopper().add(node).logOut(node);
    }

    private static long deployments(TomcatNode node) {
        return node.log().console().stream()
                .filter(line -> line.contains("Deployment of deployment descriptor") && line.contains("has finished"))
                .count();
    }

    private static int holdfastBeans(TomcatNode node) {
        return node.jvm().jmx(mbeans -> mbeans.queryNames(new ObjectName("Catalina:type=Manager,*"), null)
                .size());
    }
}
