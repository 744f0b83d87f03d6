package dev.holdfast.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.it.http.Host;
import dev.holdfast.it.node.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one address of the demo. Under {@code /shop/} it hands each request to the other node, as a load balancer without sticky
 * sessions does; beside that it serves the page, and tells it what only the demo can know.
 */
final class Front implements Host, AutoCloseable {
    private static final int USUAL_PORT = 8080;
    private static final Map<String, String> FILES = Map.of(
            "/", "page.html",
            "/page.css", "page.css",
            "/page.js", "page.js",
            "/icon.svg", "icon.svg");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private Front(HttpServer server) {
        this.server = server;
    }

    /**
     * Opens the front.
     *
     * @param anyPort whether the usual port is not even tried
     */
    static Front open(Stage stage, boolean anyPort) {
        int wanted = Integer.getInteger("demo.port", USUAL_PORT);
        int port = !anyPort && Ports.isFree(wanted) ? wanted : Ports.next();
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
        Front front = new Front(server);
        Activity activity = new Activity();
        RowView rows = new RowView(stage);
        front.handle("/", Front::file);
        front.handle("/shop/", new Relay(stage, activity, rows)::handle);
        front.handle("/demo/", new Controls(stage, activity)::handle);
        // under the shop's path, so that the browser sends the session cookie along
        front.handle("/shop/-/row", rows::handle);
        server.setExecutor(front.threads);
        server.start();
        return front;
    }

    private void handle(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                handler.handle(exchange);
            } catch (RuntimeException e) {
                text(exchange, 500, "text/plain", String.valueOf(e.getMessage()));
            }
        });
    }

    private static void file(HttpExchange exchange) throws IOException {
        String name = FILES.get(exchange.getRequestURI().getPath());
        if (name == null) {
            text(exchange, 404, "text/plain", "There is nothing here.");
            return;
        }
        try (InputStream in = Front.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            exchange.getResponseHeaders()
                    .set("Content-Security-Policy", "default-src 'self'; style-src 'self'; img-src 'self' data:");
            text(exchange, 200, type(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".css" -> "text/css";
            case ".js" -> "text/javascript";
            case ".svg" -> "image/svg+xml";
            default -> "text/html";
        };
    }

    static void json(HttpExchange exchange, int status, Object value) throws IOException {
        text(exchange, status, "application/json", Json.of(value));
    }

    static void text(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + ";charset=UTF-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public URI uri(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
