package dev.holdfast.it.wire;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A protocol. */
public enum Wire {
    HTTP_1_1(HttpClient.Version.HTTP_1_1),
    /** Without encryption, by upgrade; requests to the same node share a connection. */
    HTTP_2(HttpClient.Version.HTTP_2),
    AJP(HttpClient.Version.HTTP_1_1) {
        @Override
        Exchange begin(Door door, String method, String path, Map<String, String> headers, String body)
                throws IOException {
            return AjpClient.begin(door.ajpPort(), method, path, headers, body);
        }
    };

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient.Version version;
    private final HttpClient client;

    Wire(HttpClient.Version version) {
        this.version = version;
        this.client = HttpClient.newBuilder()
                .version(version)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** The ports at which a node is asked. */
    public record Door(int httpPort, int ajpPort) {}

    /** Sends a request and returns when the header of the answer is there. An empty body is none. */
    Exchange begin(Door door, String method, String path, Map<String, String> headers, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.httpPort() + path))
                .timeout(PATIENCE)
                .version(version)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.version() != version) {
                throw new IOException("answered by " + response.version());
            }
            Map<String, String> received = response.headers().map().entrySet().stream()
                    .collect(Collectors.toMap(
                            header -> header.getKey().toLowerCase(java.util.Locale.ROOT),
                            header -> String.join("\n", header.getValue())));
            return new Exchange(response.statusCode(), received, response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
