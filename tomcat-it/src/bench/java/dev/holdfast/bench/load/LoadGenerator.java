package dev.holdfast.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A closed loop on one thread: every connection sends, waits for its answer, holds it to what it must be, and sends the
 * next. Connections stay open between runs. Not safe for use by several threads.
 */
public final class LoadGenerator implements AutoCloseable {
    private static final long SILENCE_MILLIS = 30_000;
    private static final int REQUEST_BYTES = 8 * 1024;

    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final ByteBuffer out = ByteBuffer.allocateDirect(REQUEST_BYTES);

    /** Connects this many times to the server of this address. */
    public LoadGenerator(URI server, int connectionCount) {
        try {
            selector = Selector.open();
            for (int i = 0; i < connectionCount; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                Connection connection = new Connection(i, channel);
                channel.register(selector, SelectionKey.OP_READ, connection);
                connections.add(connection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + server, e);
        }
    }

    private static final class Connection {
        private final int number;
        private final SocketChannel channel;
        private final Reply reply = new Reply();
        private Script.@Nullable Step step;
        private long sentAt;

        Connection(int number, SocketChannel channel) {
            this.number = number;
            this.channel = channel;
        }
    }

    /**
     * Runs a script to its end.
     *
     * @throws WrongAnswer at the first answer that is not as it must be, or if none comes
     */
    public LoadResult run(Script script) {
        Latencies latencies = new Latencies();
        long cpuBefore = cpuNanos();
        long start = System.nanoTime();
        try {
            int waiting = 0;
            for (Connection connection : connections) {
                if (sendNext(connection, script)) {
                    waiting++;
                }
            }
            while (waiting > 0) {
                if (selector.select(SILENCE_MILLIS) == 0) {
                    throw new WrongAnswer("no answer in " + SILENCE_MILLIS + " ms");
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    Connection connection = (Connection) key.attachment();
                    if (hasAnswered(connection, latencies) && !sendNext(connection, script)) {
                        waiting--;
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new LoadResult(latencies.count(), seconds, cpuNanos() - cpuBefore, latencies);
    }

    private boolean sendNext(Connection connection, Script script) throws IOException {
        Script.Step step = script.next(connection.number);
        connection.step = step;
        if (step == null) {
            return false;
        }
        out.clear().put(step.visitor().request(step.path())).flip();
        connection.reply.clear();
        connection.sentAt = System.nanoTime();
        while (out.hasRemaining()) {
            connection.channel.write(out);
        }
        return true;
    }

    private static boolean hasAnswered(Connection connection, Latencies latencies) throws IOException {
        Script.Step step = connection.step;
        Reply reply = connection.reply;
        if (connection.channel.read(reply.buffer()) < 0) {
            throw new WrongAnswer("the server closed a connection"
                    + (step == null
                            ? ""
                            : " on which it owed an answer to " + step.path().key()));
        }
        if (step == null || !reply.complete()) {
            return false;
        }
        latencies.record(System.nanoTime() - connection.sentAt);
        Visitor visitor = step.visitor();
        visitor.verify(step.path(), reply);
        String cookie = reply.cookie();
        if (cookie != null && !visitor.hasSession()) {
            visitor.begin(cookie);
        }
        return true;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Override
    public void close() {
        try {
            for (Connection connection : connections) {
                connection.channel.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
