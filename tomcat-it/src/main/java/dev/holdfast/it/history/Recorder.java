package dev.holdfast.it.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Collects what happens, on one steady clock that begins with this object. Safe for use by many threads. */
final class Recorder {
    private final long origin = System.nanoTime();
    private final long wallOriginMillis = System.currentTimeMillis();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ConcurrentLinkedQueue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> timeouts = new ConcurrentHashMap<>();

    long now() {
        return at(System.nanoTime());
    }

    /** The time of a reading of {@link System#nanoTime}. */
    long at(long nanoTime) {
        return nanoTime - origin;
    }

    /** The time of a reading of another process's {@link System#currentTimeMillis} on this machine. */
    long atWallClock(long millis) {
        return (millis - wallOriginMillis) * 1_000_000;
    }

    int nextNumber() {
        return numbers.getAndIncrement();
    }

    Operation add(Operation operation) {
        operations.add(operation);
        return operation;
    }

    void add(Fault fault) {
        faults.add(fault);
    }

    void timeout(String session, int seconds) {
        timeouts.put(session, seconds);
    }

    List<Operation> operations() {
        return new ArrayList<>(operations);
    }

    List<Fault> faults() {
        return new ArrayList<>(faults);
    }

    History history(List<SessionEvent> events, boolean complete) {
        return new History(operations(), faults(), events, Map.copyOf(timeouts), complete);
    }
}
