package dev.holdfast.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WebSockets in a session: what they change is saved, and they do not outlive it, wherever it ends. */
final class WebSocketIT {
    /** What the client is told. */
    private static final class Ear implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            heard.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSocketOfAUserLivesAsLongAsItsSession(TomcatLine line) throws Exception {
        Site site = Site.of(line);
        Browser browser = new Browser();
        browser.probe(site.a(), "set:m:before", "login:" + Shopper.USER + ":" + Shopper.PASSWORD);
        assertThat(browser.probe(site.a(), "user").value("user")).isEqualTo(Shopper.USER);
        Ear ear = new Ear();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Cookie", "JSESSIONID=" + browser.sessionCookie().orElseThrow())
                .buildAsync(URI.create(site.a().uri("/shop/socket").toString().replace("http:", "ws:")), ear)
                .get(30, SECONDS);

        socket.sendText("m=by the socket", true);

        assertThat(ear.heard.poll(30, SECONDS)).isEqualTo("kept m");
        assertThat(browser.probe(site.b(), "get:m").value("m")).isEqualTo("by the socket");
        browser.probe(site.a(), "set:m:by a request");
        assertThat(browser.probe(site.b(), "get:m", "names").body()).contains("m=by a request", "names=m\n");
        socket.sendText("m=again", true);
        assertThat(ear.heard.poll(30, SECONDS)).isEqualTo("kept m");
        assertThat(browser.probe(site.b(), "get:m").value("m")).isEqualTo("again");
        assertThat(ear.closed).isNotDone();

        browser.probe(site.b(), "invalidate");

        if (!closesSocketsByAttribute(line)) {
            // Up to 11.0.24, Tomcat closes sockets only on the node that tells the listeners of the session's end.
            socket.abort();
            return;
        }
        await().atMost(60, SECONDS).until(ear.closed::isDone);
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(site.a().jvm().liveObjects("com.example.shop.probe.Socket"))
                        .isZero());
        assertThat(site.a().log().text()).doesNotContain("WsHttpSessionBindingListener");
    }

    private static boolean closesSocketsByAttribute(TomcatLine line) throws IOException {
        try (JarFile jar =
                new JarFile(line.home().resolve("lib/tomcat-websocket.jar").toFile())) {
            return jar.getEntry("org/apache/tomcat/websocket/server/WsHttpSessionBindingListener.class") != null;
        }
    }
}
