package dev.holdfast.it.history;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to one node over one connection at a time, which is kept while it is fresh. Nothing is ever sent twice, and of
 * everything it is known whether it was sent at all, when the first byte of the answer was there, and whether its end was:
 * no usual client tells all that. Not safe for use by several threads at once.
 */
final class Wire implements AutoCloseable {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int PATIENCE_MILLIS = 15_000;
    /** Well below the time after which Tomcat closes an idle connection: it must not happen just when something is sent. */
    private static final long FRESH_NANOS = 5_000_000_000L;

    private final int port;
    private @Nullable Socket socket;
    private @Nullable InputStream in;
    private long usedAt;

    Wire(int port) {
        this.port = port;
    }

    /** The request did not leave this machine. */
    static final class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        NotSentException(IOException cause) {
            super(cause);
        }
    }

    /** Sends a request without a body, and returns when the head of the answer is there. */
    Reply send(String path, String cookie) throws IOException {
        InputStream input = connected();
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n"
                + (cookie.isEmpty() ? "" : "Cookie: JSESSIONID=" + cookie + "\r\n") + "\r\n";
        try {
            socket().getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            Reply reply = new Reply(input);
            reply.readHead();
            return reply;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private InputStream connected() throws NotSentException {
        if (in != null && System.nanoTime() - usedAt < FRESH_NANOS) {
            return in;
        }
        close();
        Socket fresh = new Socket();
        try {
            fresh.setTcpNoDelay(true);
            fresh.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            fresh.setSoTimeout(PATIENCE_MILLIS);
            socket = fresh;
            in = new BufferedInputStream(fresh.getInputStream());
            return in;
        } catch (IOException e) {
            closeQuietly(fresh);
            throw new NotSentException(e);
        }
    }

    private Socket socket() throws IOException {
        Socket open = socket;
        if (open == null) {
            throw new IOException("not connected");
        }
        return open;
    }

    @Override
    public void close() {
        if (socket != null) {
            closeQuietly(socket);
        }
        socket = null;
        in = null;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // then it is closed
        }
    }

    /** An answer, of which the head is there. */
    final class Reply {
        private final InputStream input;
        private final List<String> headers = new ArrayList<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private long firstByteNanos;
        private int status;

        private Reply(InputStream input) {
            this.input = input;
        }

        private void readHead() throws IOException {
            input.mark(1);
            if (input.read() < 0) {
                throw new EOFException("closed without an answer");
            }
            firstByteNanos = System.nanoTime();
            input.reset();
            status = Integer.parseInt(line().split(" ")[1]);
            for (String line = line(); !line.isEmpty(); line = line()) {
                headers.add(line);
            }
        }

        int status() {
            return status;
        }

        /** When the first byte was there, by {@link System#nanoTime}. */
        long firstByteNanos() {
            return firstByteNanos;
        }

        /** The values of a header. */
        List<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }

        /** What there is of the body. */
        String body() {
            return body.toString(StandardCharsets.US_ASCII);
        }

        /** Reads the body to its end; if that does not come, this throws, and {@link #body} has what came. */
        void readBody() throws IOException {
            try {
                if (header("Transfer-Encoding").contains("chunked")) {
                    for (int size = chunkSize(); size > 0; size = chunkSize()) {
                        copy(size);
                        line();
                    }
                    line();
                } else {
                    List<String> length = header("Content-Length");
                    if (length.isEmpty()) {
                        throw new IOException("an answer whose end cannot be told from its breaking off");
                    }
                    copy(Integer.parseInt(length.get(0)));
                }
            } catch (IOException e) {
                close();
                throw e;
            }
            usedAt = System.nanoTime();
            if (header("Connection").contains("close")) {
                close();
            }
        }

        private int chunkSize() throws IOException {
            return Integer.parseInt(line().strip(), 16);
        }

        private void copy(int length) throws IOException {
            byte[] buffer = new byte[Math.min(length, 8_192)];
            for (int left = length; left > 0; ) {
                int count = input.read(buffer, 0, Math.min(left, buffer.length));
                if (count < 0) {
                    throw new EOFException("broken off");
                }
                body.write(buffer, 0, count);
                left -= count;
            }
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = input.read(); c != '\n'; c = input.read()) {
                if (c < 0) {
                    throw new EOFException("broken off");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }
    }
}
