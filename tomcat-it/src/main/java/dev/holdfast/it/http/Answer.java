package dev.holdfast.it.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** What a node answered. */
public record Answer(int status, HttpHeaders headers, String body) {
    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The cookies that it set, as they came. */
    public List<String> setCookies() {
        return headers.allValues("Set-Cookie");
    }

    /** Where a redirect leads, without host and port: which node comes next is the browser's choice. */
    public String location() {
        URI location =
                URI.create(header("Location").orElseThrow(() -> new IllegalStateException("no redirect: " + this)));
        return location.getRawPath() + (location.getRawQuery() == null ? "" : "?" + location.getRawQuery());
    }

    /** The value in a line {@code key=value} of a probe's answer. */
    public String value(String key) {
        return body.lines()
                .filter(line -> line.startsWith(key + "="))
                .reduce((first, second) -> second)
                .map(line -> line.substring(key.length() + 1))
                .orElseThrow(() -> new IllegalStateException("no " + key + " in " + this));
    }

    @Override
    public String toString() {
        return "status " + status + ", " + headers.map() + ", "
                + (body.length() < 2_000 ? body : body.length() + " characters");
    }
}
