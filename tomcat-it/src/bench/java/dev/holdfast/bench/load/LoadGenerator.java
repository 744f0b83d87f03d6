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
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A closed loop on one thread: every connection sends, waits for its answer, holds it to what it must be, and sends the
 * next, at once or when its time has come. Connections stay open between runs. Not safe for use by several threads.
 */
public final class LoadGenerator implements AutoCloseable {
    private static final long SILENCE_MILLIS = 30_000;
    private static final int REQUEST_BYTES = 8 * 1024;

    /** A selector knows milliseconds only; where the next request is due sooner, it is looked up this often. */
    private static final long LOOK_NANOS = 50_000;

    /** Every connection sends as soon as it can. */
    private static final double UNPACED = 0;

    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final PriorityQueue<Connection> resting =
            new PriorityQueue<>((one, other) -> Long.signum(one.due - other.due));
    private final ByteBuffer out = ByteBuffer.allocateDirect(REQUEST_BYTES);
    private long interval;

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
        private long due;

        Connection(int number, SocketChannel channel) {
            this.number = number;
            this.channel = channel;
        }
    }

    /**
     * Runs a script to its end, each connection as fast as it gets its answers.
     *
     * @throws WrongAnswer at the first answer that is not as it must be, or if none comes
     */
    public LoadResult run(Script script) {
        return run(script, UNPACED);
    }

    /**
     * Runs a script to its end, with so many requests a second in all, evenly. A connection whose answer comes later than its next
     * request was due sends that at once, and its latency counts from when it was due.
     *
     * @throws WrongAnswer at the first answer that is not as it must be, or if none comes
     */
    public LoadResult run(Script script, double perSecond) {
        Latencies latencies = new Latencies();
        long cpuBefore = cpuNanos();
        long start = System.nanoTime();
        interval = perSecond == UNPACED ? 0 : (long) (connections.size() * 1e9 / perSecond);
        try {
            int waiting = 0;
            for (Connection connection : connections) {
                connection.due = start + interval * connection.number / connections.size();
                if (sendNext(connection, script)) {
                    waiting++;
                }
            }
            while (waiting > 0) {
                select();
                for (SelectionKey key : selector.selectedKeys()) {
                    Connection connection = (Connection) key.attachment();
                    if (hasAnswered(connection, latencies)) {
                        connection.due += interval;
                        if (!sendNext(connection, script)) {
                            waiting--;
                        }
                    }
                }
                selector.selectedKeys().clear();
                while (!resting.isEmpty() && isDue(resting.element())) {
                    Connection connection = resting.remove();
                    send(connection, System.nanoTime());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new LoadResult(latencies.count(), seconds, cpuNanos() - cpuBefore, latencies);
    }

    /** Waits for answers, or for the moment when the next request is due. */
    private void select() throws IOException {
        if (resting.isEmpty()) {
            if (selector.select(SILENCE_MILLIS) == 0) {
                throw new WrongAnswer("no answer in " + SILENCE_MILLIS + " ms");
            }
            return;
        }
        long left = resting.element().due - System.nanoTime();
        long millis = TimeUnit.NANOSECONDS.toMillis(left);
        if (millis > 0) {
            selector.select(millis);
        } else if (selector.selectNow() == 0 && left > 0) {
            LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
        }
    }

    private static boolean isDue(Connection connection) {
        return System.nanoTime() - connection.due >= 0;
    }

    private boolean sendNext(Connection connection, Script script) throws IOException {
        connection.step = script.next(connection.number);
        if (connection.step == null) {
            return false;
        }
        if (interval == 0) {
            send(connection, System.nanoTime());
        } else if (isDue(connection)) {
            send(connection, connection.due);
        } else {
            resting.add(connection);
        }
        return true;
    }

    private void send(Connection connection, long at) throws IOException {
        Script.Step step = Objects.requireNonNull(connection.step, "step");
        out.clear().put(step.visitor().request(step.path())).flip();
        connection.reply.clear();
        connection.sentAt = at;
        while (out.hasRemaining()) {
            connection.channel.write(out);
        }
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
