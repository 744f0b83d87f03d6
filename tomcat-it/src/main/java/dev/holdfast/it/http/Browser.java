package dev.holdfast.it.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One user's browser: keeps cookies, follows no redirect by itself. Safe for use by many threads, as tabs are. */
public final class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final String SESSION_COOKIE = "JSESSIONID";

    private final Cookies cookies = new Cookies();

    /** An answer of which only the beginning may have come yet. */
    public record Beginning(int status, InputStream body) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    public Answer get(Host host, String path) {
        return send(request(host, path).GET());
    }

    /** Sends a form. */
    public Answer post(Host host, String path, Map<String, String> form) {
        return send(request(host, path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encode(form))));
    }

    /** Lets the probe of the sample application carry out these steps. */
    public Answer probe(Host host, String... steps) {
        return get(host, probePath("", steps));
    }

    /** As {@link #probe}, begun and not waited for. */
    public CompletableFuture<Answer> probeLater(Host host, String... steps) {
        return getLater(host, probePath("", steps));
    }

    /** As {@link #get}, begun and not waited for. */
    public CompletableFuture<Answer> getLater(Host host, String path) {
        return CLIENT.sendAsync(request(host, path).GET().build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(this::take);
    }

    /** Sends the request and returns when the header of the answer is there. */
    public Beginning begin(Host host, String path) {
        try {
            HttpResponse<InputStream> response =
                    CLIENT.send(request(host, path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
            cookies.take(response.headers().allValues("Set-Cookie"));
            return new Beginning(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The path of a request to the probe; the mode is empty, {@code async} or {@code dispatch}. */
    public static String probePath(String mode, String... steps) {
        Stream<String> parameters = Stream.of(steps).map(step -> "do=" + encode(step));
        return "/shop/probe?"
                + (mode.isEmpty() ? parameters : Stream.concat(Stream.of("mode=" + mode), parameters))
                        .collect(Collectors.joining("&"));
    }

    /** The value of the session cookie, jvmRoute and all. */
    public Optional<String> sessionCookie() {
        return cookies.value(SESSION_COOKIE);
    }

    /** Gives this browser a session cookie, as one who stole or kept it would. */
    public Browser withSessionCookie(String path, String value) {
        cookies.put(SESSION_COOKIE, path, value);
        return this;
    }

    private HttpRequest.Builder request(Host host, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(host.uri(path)).timeout(PATIENCE);
        cookies.header(path.split("[?;]", 2)[0]).ifPresent(header -> request.header("Cookie", header));
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return take(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Answer take(HttpResponse<String> response) {
        Answer answer = new Answer(response.statusCode(), response.headers(), response.body());
        cookies.take(answer.setCookies());
        return answer;
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}
