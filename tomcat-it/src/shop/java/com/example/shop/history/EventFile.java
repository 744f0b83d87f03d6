package com.example.shop.history;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Events of labelled sessions, one a line with its time, in a file that outlives this process however that ends. */
final class EventFile {
    private EventFile() {}

    static synchronized void write(String event, String label) {
        String file = System.getProperty("catalina.base", ".") + "/logs/history-events.txt";
        String line = event + " " + label + " " + System.currentTimeMillis() + "\n";
        try (OutputStream out = new FileOutputStream(file, true)) {
            out.write(line.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + file, e);
        }
    }
}
