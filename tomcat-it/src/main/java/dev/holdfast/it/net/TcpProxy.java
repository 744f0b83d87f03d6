package dev.holdfast.it.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Passes TCP connections on to a server: at once, late, not at all for a while, or not any more. Keeps its port until it is
 * closed. Safe for use by many threads.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Sees what the clients send, before the server gets it. One instance for each connection. */
    @FunctionalInterface
    public interface Tap {
        /** A tap that takes no notice. */
        Tap NONE = (bytes, length) -> {};

        /** The next bytes of the connection; the array is only lent. */
        void sent(byte[] bytes, int length);
    }

    private final InetSocketAddress target;
    private final Supplier<Tap> taps;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flows = lock.newCondition();
    private boolean stalled;
    private boolean refusing;
    private volatile long delayNanos;

    /** Begins to listen on a port of the loopback address that the system chooses. */
    public TcpProxy(InetSocketAddress target, Supplier<Tap> taps) {
        this.target = target;
        this.taps = taps;
        try {
            this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread("accept", this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on whatever is sent, in either direction, arrives this much later. */
    public void delay(Duration each) {
        delayNanos = each.toNanos();
    }

    /** From now on nothing arrives any more, and nobody is told: as when a cable is pulled. */
    public void stall() {
        set(() -> stalled = true);
    }

    /** From now on every new connection is broken at once, and the open ones are broken now. */
    public void refuse() {
        set(() -> refusing = true);
        cut();
    }

    /** Breaks all open connections, whatever was under way on them. */
    public void cut() {
        open.forEach(TcpProxy::reset);
    }

    /** Passes on at once again, whatever was ordered before; what a stall held back arrives now. */
    public void heal() {
        delayNanos = 0;
        set(() -> {
            stalled = false;
            refusing = false;
        });
    }

    private void set(Runnable change) {
        lock.lock();
        try {
            change.run();
            flows.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (isRefusing()) {
                    reset(client);
                } else {
                    connect(client);
                }
            } catch (IOException e) {
                // closed, or a client that was gone before it was served
                continue;
            }
        }
    }

    private boolean isRefusing() {
        lock.lock();
        try {
            return refusing;
        } finally {
            lock.unlock();
        }
    }

    private void connect(Socket client) {
        open.add(client);
        thread("connect", () -> {
            Socket server = new Socket();
            open.add(server);
            try {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                server.connect(target);
                thread("answers", () -> pass(server, client, Tap.NONE));
                pass(client, server, taps.get());
            } catch (IOException e) {
                open.remove(server);
                open.remove(client);
                reset(client);
            }
        });
    }

    private void pass(Socket from, Socket to, Tap tap) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                long nanos = delayNanos;
                if (nanos > 0) {
                    TimeUnit.NANOSECONDS.sleep(nanos);
                }
                awaitFlow();
                tap.sent(buffer, length);
                out.write(buffer, 0, length);
            }
            close(from);
            close(to);
        } catch (IOException e) {
            // broken off by one side, or by a test: the other side learns of it
            reset(from);
            reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void awaitFlow() throws InterruptedException {
        lock.lock();
        try {
            while (stalled) {
                flows.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // then it is closed already
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // then it is closed already
        }
    }

    private void thread(String name, Runnable work) {
        Thread thread = new Thread(work, "proxy-" + listener.getLocalPort() + "-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends all connections and the listening. Idempotent. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        heal();
        cut();
    }
}
