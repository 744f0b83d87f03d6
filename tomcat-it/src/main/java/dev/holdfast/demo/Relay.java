package dev.holdfast.demo;

import com.sun.net.httpserver.HttpExchange;
import dev.holdfast.it.holdfast.Row;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Hands each request to the next node that runs, and notes what that did to the session's row. */
final class Relay {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> TO_NODE =
            Set.of("cookie", "content-type", "accept", "accept-language", "user-agent", "referer");
    private static final Set<String> TO_BROWSER =
            Set.of("content-type", "set-cookie", "location", "cache-control", "retry-after", "expires");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final AtomicInteger turn = new AtomicInteger();
    private final Stage stage;
    private final Activity activity;
    private final RowView rows;

    Relay(Stage stage, Activity activity, RowView rows) {
        this.stage = stage;
        this.activity = activity;
        this.rows = rows;
    }

    void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Sent sent = sent(exchange);
        for (DemoNode node : nextInTurn()) {
            long start = System.nanoTime();
            try {
                HttpResponse<byte[]> response =
                        client.send(request(node, exchange, body), HttpResponse.BodyHandlers.ofByteArray());
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                note(exchange, node, response, took, sent);
                answer(exchange, node, response);
                return;
            } catch (ConnectException e) {
                // this one is not there any more: the next one is as good
                continue;
            } catch (IOException e) {
                Front.text(exchange, 502, "text/plain", "Node " + node.name() + " broke off the connection.");
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        activity.add("refused", "No node is running: nobody could answer", Map.of());
        Front.text(exchange, 503, "text/plain", "No node is running.");
    }

    private List<DemoNode> nextInTurn() {
        List<DemoNode> nodes = new ArrayList<>(stage.nodes());
        if (turn.getAndIncrement() % 2 == 1) {
            nodes.add(nodes.remove(0));
        }
        nodes.removeIf(node -> node.state() != DemoNode.State.RUNNING);
        return nodes;
    }

    private static HttpRequest request(DemoNode node, HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        node.uri(exchange.getRequestURI().toString()))
                .timeout(PATIENCE)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (TO_NODE.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void answer(HttpExchange exchange, DemoNode node, HttpResponse<byte[]> response) throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (TO_BROWSER.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        exchange.getResponseHeaders().set("X-Answered-By", node.name());
        exchange.sendResponseHeaders(response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
        exchange.getResponseBody().write(response.body());
    }

    /** The session id that a request carried, and the row that it had then. */
    private record Sent(@Nullable String id, @Nullable Row row) {}

    private Sent sent(HttpExchange exchange) {
        String id = SessionCookie.in(exchange.getRequestHeaders().getOrDefault("Cookie", List.of()))
                .orElse(null);
        return new Sent(id, id == null ? null : rows.row(id).orElse(null));
    }

    private void note(HttpExchange exchange, DemoNode node, HttpResponse<byte[]> response, Duration took, Sent sent) {
        String given =
                SessionCookie.in(response.headers().allValues("Set-Cookie")).orElse(sent.id());
        Row after = given == null ? null : rows.row(given).orElse(null);
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("node", node.name());
        details.put("status", response.statusCode());
        details.put("millis", took.toNanos() / 100_000 / 10.0);
        details.put("row", stage.isDatabaseUp() ? Effect.between(sent.row(), after) : "PostgreSQL is down");
        details.put("quiet", exchange.getRequestHeaders().containsKey("X-Demo-Quiet"));
        activity.add(
                "request",
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(),
                details);
        if (sent.row() != null && sent.id() != null && given != null && !given.equals(sent.id())) {
            rotated(sent.id(), given);
        }
    }

    /** The id changed: tries the old one on every node, as one who had stolen it would. */
    private void rotated(String old, String present) {
        List<String> alive = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        for (DemoNode node : stage.nodes()) {
            if (node.state() == DemoNode.State.RUNNING) {
                asked.add(node.name());
                if (!isDead(node, old)) {
                    alive.add(node.name());
                }
            }
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("old", shortened(old));
        details.put("new", shortened(present));
        details.put("asked", asked);
        details.put("alive", alive);
        activity.add("rotated", "The session id changed", details);
    }

    private boolean isDead(DemoNode node, String id) {
        try {
            HttpRequest request = HttpRequest.newBuilder(node.uri("/shop/status"))
                    .timeout(PATIENCE)
                    .header("Cookie", "JSESSIONID=" + id)
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.body().contains("\"session\":null");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(8, id.length())) + "…";
    }
}
