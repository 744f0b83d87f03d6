package dev.holdfast.it.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer whose header is there; the body comes as it comes. Names of headers are in lower case. Reading the body throws an
 * {@link IOException} where the answer breaks off without its proper end.
 */
public record Exchange(int status, Map<String, String> headers, InputStream body) implements AutoCloseable {
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Waits for the proper end. */
    public String readAll() throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
