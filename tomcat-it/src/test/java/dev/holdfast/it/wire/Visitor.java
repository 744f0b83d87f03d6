package dev.holdfast.it.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A client with its session cookies, one for each path, who asks over a certain wire. Safe for use by many threads. */
public final class Visitor {
    private static final Pattern COOKIE = Pattern.compile("JSESSIONID=([^;\n]*);[^\n]*?Path=([^;\n]*)");
    private static final ExecutorService LATER = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "visitor");
        thread.setDaemon(true);
        return thread;
    });

    private final Wire wire;
    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    public Visitor(Wire wire) {
        this.wire = wire;
    }

    /** Parameters of a request to the probe. */
    public record Probe(String app, String mode, List<String> parameters) {
        public static Probe of(String app, String mode) {
            return new Probe(app, mode, List.of());
        }

        public Probe with(String parameter, String... values) {
            List<String> more = new ArrayList<>(parameters);
            for (String value : values) {
                more.add(parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
            return new Probe(app, mode, more);
        }

        public Probe steps(String... steps) {
            return with("do", steps);
        }

        String path() {
            String query = String.join("&", parameters);
            return "/" + app + "/probe?" + (mode.isEmpty() ? "" : "mode=" + mode + "&") + query;
        }
    }

    /** Returns when the header of the answer is there. */
    public Exchange begin(Wire.Door door, String method, Probe probe, String body) {
        try {
            String path = probe.path();
            String cookie = cookies.entrySet().stream()
                    .filter(entry ->
                            entry.getKey().equals("/") || entry.getKey().equals("/" + probe.app()))
                    .map(entry -> "JSESSIONID=" + entry.getValue())
                    .collect(Collectors.joining("; "));
            Map<String, String> headers = cookie.isEmpty() ? Map.of() : Map.of("Cookie", cookie);
            Exchange exchange = wire.begin(door, method, path, headers, body);
            Matcher set = COOKIE.matcher(exchange.header("Set-Cookie").orElse(""));
            while (set.find()) {
                cookies.put(set.group(2), set.group(1));
            }
            return exchange;
        } catch (IOException e) {
            throw new UncheckedIOException(wire + " " + method + " " + probe, e);
        }
    }

    public Exchange begin(Wire.Door door, Probe probe) {
        return begin(door, "GET", probe, "");
    }

    /** The whole body. */
    public String get(Wire.Door door, Probe probe) {
        try (Exchange exchange = begin(door, probe)) {
            return exchange.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #begin}, not waited for. */
    public CompletableFuture<Exchange> later(Wire.Door door, Probe probe) {
        return CompletableFuture.supplyAsync(() -> begin(door, probe), LATER);
    }

    /** The same cookies over another wire. */
    public Visitor over(Wire other) {
        Visitor same = new Visitor(other);
        same.cookies.putAll(cookies);
        return same;
    }
}
