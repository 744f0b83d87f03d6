package dev.holdfast.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing of Holdfast is left after an application is gone. */
final class LeakIT {
    private static final int REDEPLOYMENTS = 20;
    private static final String LOADER = "org.apache.catalina.loader.ParallelWebappClassLoader";
    private static final String USERS =
            """
            <tomcat-users xmlns="http://tomcat.apache.org/xml" version="1.0">
              <role rolename="manager-script" />
              <user username="deployer" password="deployer" roles="manager-script" />
            </tomcat-users>
            """;

    private static final String MANAGER =
            """
            <Context docBase="%s" privileged="true">
              <Manager className="org.apache.catalina.session.StandardManager" />
            </Context>
            """;

    @ParameterizedTest
    @EnumSource
    void twentyRedeploymentsLeaveOneClassLoaderAndAnUndeploymentNothing(TomcatLine line) throws Exception {
        try (TomcatNode node = Site.of(line)
                .node("leak")
                .file(
                        "conf/Catalina/localhost/manager.xml",
                        MANAGER.formatted(line.home().resolve("webapps/manager")))
                .file("conf/tomcat-users.xml", USERS)
                .property(
                        "pgjdbc.config.cleanup.thread.ttl", "1000") // the driver's own thread would stay for 30 seconds
                .build()
                .start()) {
            manage(node, "deploy?path=/shop&war=" + Workshop.shop());
            for (int i = 0; i < REDEPLOYMENTS; i++) {
                use(node);
                manage(node, "undeploy?path=/shop");
                manage(node, "deploy?path=/shop&war=" + Workshop.shop());
            }
            use(node);
            // one more is that of Tomcat's own manager application
            await().atMost(30, SECONDS)
                    .untilAsserted(
                            () -> assertThat(node.jvm().liveObjects(LOADER)).isEqualTo(1 + 1));

            manage(node, "undeploy?path=/shop");

            await().atMost(30, SECONDS).untilAsserted(() -> {
                assertThat(node.jvm().liveObjects(LOADER)).isEqualTo(1);
                assertThat(holdfastThreads(node)).isZero();
                assertThat(holdfastBeans(node)).isZero();
                assertThat(node.jvm().liveObjects("dev.holdfast.tomcat.SessionValve"))
                        .isZero();
            });
            assertThat(complaintsAboutLeaks(node)).isEmpty();
            node.stop();
        }
    }

    /** Sessions with values of the application's own classes, a login, a rotation, a logout. */
    private static void use(TomcatNode node) {
        Shopper shopper = new Shopper().add(node).logIn(node);
        shopper.browser()
                .probe(node, "make:h:hooked", "make:r:record", "make:e:enumMap", "make:x:exception", "count:n");
        shopper.browser().probe(node, "describe:h", "describe:r", "describe:e", "describe:x", "count:n");
        new Shopper().add(node).logOut(node);
    }

    /** Asks Tomcat's manager application. */
    private static void manage(TomcatNode node, String command) throws IOException, InterruptedException {
        String credentials = Base64.getEncoder().encodeToString("deployer:deployer".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(node.uri("/manager/text/" + command))
                .header("Authorization", "Basic " + credentials)
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.body()).as(command).startsWith("OK");
    }

    private static long holdfastThreads(TomcatNode node) {
        return node.jvm()
                .threads()
                .lines()
                .filter(line -> line.contains("holdfast"))
                .count();
    }

    /** Tomcat's background thread is found at the door of an application that is being stopped: that is no leak. */
    private static List<String> complaintsAboutLeaks(TomcatNode node) {
        return node.log().console().stream()
                .filter(line -> line.contains("memory leak"))
                .filter(line -> !line.contains("[Catalina-utility-"))
                .toList();
    }

    private static int holdfastBeans(TomcatNode node) {
        return node.jvm().jmx(mbeans -> mbeans.queryNames(new ObjectName("Catalina:type=Manager,context=/shop,*"), null)
                .size());
    }
}
