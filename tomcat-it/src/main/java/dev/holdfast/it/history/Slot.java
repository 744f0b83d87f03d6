package dev.holdfast.it.history;

import org.jspecify.annotations.Nullable;

/** A place for one session after the other, all used in the same way. Safe for use by many threads. */
final class Slot {
    private final Type type;
    private @Nullable Tabs tabs;
    private boolean starting;
    private volatile long restUntil;

    Slot(Type type) {
        this.type = type;
    }

    /** How a session is used. */
    enum Type {
        /** Many tabs change and read, each its own attributes. */
        BUSY(1_800),
        /** Logins and logouts, with requests under way. */
        LOGIN(1_800),
        /** One client at each node, all of them changing the same two attributes. */
        PINNED(1_800),
        /** Expires, unless it is used in time. */
        SHORT(3),
        /** Mostly looked at. */
        QUIET(1_800);

        private final int timeoutSeconds;

        Type(int timeoutSeconds) {
            this.timeoutSeconds = timeoutSeconds;
        }

        int timeoutSeconds() {
            return timeoutSeconds;
        }

        boolean expires() {
            return this == SHORT;
        }
    }

    Type type() {
        return type;
    }

    synchronized @Nullable Tabs tabs() {
        return tabs;
    }

    /** Whether the caller is to start a session here: {@link #occupy} or {@link #leave} must follow. */
    synchronized boolean reserve() {
        if (tabs != null || starting) {
            return false;
        }
        starting = true;
        return true;
    }

    synchronized void occupy(Tabs fresh) {
        tabs = fresh;
        starting = false;
    }

    synchronized void leave() {
        starting = false;
    }

    /** The session has ended, or cannot be reached any more. */
    synchronized void vacate(Tabs gone) {
        if (tabs == gone) {
            tabs = null;
        }
    }

    /** From now on until this time nobody uses the session. */
    void restUntil(long nanoTime) {
        restUntil = nanoTime;
    }

    boolean rests() {
        return System.nanoTime() - restUntil < 0;
    }
}
