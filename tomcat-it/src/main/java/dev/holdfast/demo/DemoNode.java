package dev.holdfast.demo;

import dev.holdfast.it.node.TomcatNode;
import java.net.URI;

/** A Tomcat of the demo, with what is going on with it at the moment. Safe for use by many threads. */
final class DemoNode implements AutoCloseable {
    private final String name;
    private final TomcatNode node;
    private volatile State state = State.STOPPED;

    enum State {
        STARTING,
        RUNNING,
        STOPPING,
        STOPPED
    }

    DemoNode(String name, TomcatNode node) {
        this.name = name;
        this.node = node;
    }

    String name() {
        return name;
    }

    State state() {
        return state == State.RUNNING && !node.isRunning() ? State.STOPPED : state;
    }

    URI uri(String path) {
        return node.uri(path);
    }

    TomcatNode tomcat() {
        return node;
    }

    synchronized void start() {
        if (state() != State.STOPPED) {
            return;
        }
        state = State.STARTING;
        try {
            node.start();
            state = State.RUNNING;
        } catch (RuntimeException e) {
            node.kill();
            state = State.STOPPED;
            throw e;
        }
    }

    /** An orderly stop, as an administrator's. */
    synchronized void stop() {
        if (state() == State.RUNNING) {
            state = State.STOPPING;
            node.stop();
        }
        state = State.STOPPED;
    }

    /** SIGKILL. */
    synchronized void kill() {
        node.kill();
        state = State.STOPPED;
    }

    @Override
    public synchronized void close() {
        try {
            stop();
        } finally {
            node.kill();
        }
    }
}
