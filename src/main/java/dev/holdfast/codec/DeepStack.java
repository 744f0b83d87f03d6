package dev.holdfast.codec;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does work that recurses deeply, on a thread that has the stack for it and ends with the work. The caller waits. Only a few such
 * threads at a time, since each may come to use its whole stack.
 */
final class DeepStack {
    /** A level of a graph takes up to three frames; measured on JDK 17 and 25: at most 0.7 KB while still interpreted. */
    private static final long BYTES_PER_LEVEL = 1024;

    private static final long MIN_BYTES = 4L << 20;
    private static final long MAX_BYTES = 1L << 30;

    private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors());
    private final long stackBytes;

    DeepStack(int maxDepth) {
        this.stackBytes = Math.min(MAX_BYTES, MIN_BYTES + maxDepth * BYTES_PER_LEVEL);
    }

    /** Throws what the work throws. */
    <T> T call(Supplier<T> work) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Turn<T> turn = new Turn<>(work);
        turns.acquireUninterruptibly();
        try {
            // inherits no thread locals, which could outlive the web application's
            Thread thread = new Thread(null, turn, "holdfast-deep-graph", stackBytes, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            thread.start();
            joinUninterruptibly(thread);
        } finally {
            turns.release();
        }
        return turn.result();
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Turn<T> implements Runnable {
        private final Supplier<T> work;
        private @Nullable T result;
        private @Nullable Throwable thrown;

        Turn(Supplier<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                result = work.get();
            } catch (Throwable t) {
                thrown = t;
            } finally {
                Thread.currentThread().setContextClassLoader(null);
            }
        }

        T result() {
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            T found = result;
            if (found == null) {
                throw new IllegalStateException("the work returned nothing");
            }
            return found;
        }
    }
}
