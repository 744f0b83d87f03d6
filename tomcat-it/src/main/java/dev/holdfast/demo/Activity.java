package dev.holdfast.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last things that happened, for the page. Safe for use by many threads. */
final class Activity {
    private static final int KEPT = 200;

    private final Deque<Map<String, @Nullable Object>> events = new ArrayDeque<>();
    private long sequence;

    /**
     * Something happened.
     *
     * @param kind what sort of thing, for the page's eyes
     * @param text what happened, in words
     * @param details whatever else the page shows of it
     */
    synchronized void add(String kind, String text, Map<String, ? extends @Nullable Object> details) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("seq", ++sequence);
        event.put("at", System.currentTimeMillis());
        event.put("kind", kind);
        event.put("text", text);
        event.putAll(details);
        events.addLast(event);
        if (events.size() > KEPT) {
            events.removeFirst();
        }
    }

    synchronized List<Map<String, @Nullable Object>> since(long seen) {
        return events.stream()
                .filter(event -> event.get("seq") instanceof Long seq && seq > seen)
                .toList();
    }
}
