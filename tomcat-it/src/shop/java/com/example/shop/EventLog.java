package com.example.shop;

import java.io.File;
import java.io.FileWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/** Counts what the listeners are told, and writes each event as one line of a plain file. */
public final class EventLog {
    private static final Map<String, Integer> COUNTS = new TreeMap<>();

    private EventLog() {}

    /**
     * Records an event.
     *
     * @param event what happened, such as {@code sessionDestroyed}
     * @param about what it happened to
     */
    public static synchronized void record(String event, String about) {
        COUNTS.merge(event, 1, Integer::sum);
        File file = new File(System.getProperty("catalina.base", "."), "logs/shop-events.txt");
        try (PrintWriter out = new PrintWriter(new FileWriter(file, true))) {
            out.println(event + " " + about);
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + file, e);
        }
    }

    /** Events since this application was started on this server, by name. */
    public static synchronized Map<String, Integer> counts() {
        return new TreeMap<>(COUNTS);
    }
}
