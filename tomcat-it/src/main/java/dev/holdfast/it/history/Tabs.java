package dev.holdfast.it.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One session as one browser with several tabs has it: one cookie, which the last answer sets, and the attributes of each
 * client. Safe for use by many threads.
 */
final class Tabs {
    private final String label;
    private final Slot.Type type;
    private final int timeoutSeconds;
    private final Set<String> ids = new LinkedHashSet<>();
    private final Map<Integer, Map<Key.Kind, Key>> keys = new HashMap<>();
    private final List<String> everyKey = new ArrayList<>();
    private String cookie = "";
    private int generations;
    private boolean retired;

    Tabs(String label, Slot.Type type, int timeoutSeconds) {
        this.label = label;
        this.type = type;
        this.timeoutSeconds = timeoutSeconds;
    }

    String label() {
        return label;
    }

    Slot.Type type() {
        return type;
    }

    int timeoutSeconds() {
        return timeoutSeconds;
    }

    synchronized String cookie() {
        return cookie;
    }

    synchronized void take(String newCookie) {
        cookie = newCookie;
        ids.add(newCookie);
    }

    synchronized void learn(List<String> moreIds) {
        ids.addAll(moreIds);
    }

    /** Every id that the session has had, as far as anybody knows, the latest last. */
    synchronized List<String> ids() {
        return new ArrayList<>(ids);
    }

    /** The client's key of this kind, a new one if the last was abandoned. */
    synchronized Key key(int client, Key.Kind kind) {
        return keys.computeIfAbsent(client, c -> new HashMap<>())
                .compute(kind, (k, key) -> key == null || key.isAbandoned() ? newKey(client, kind) : key);
    }

    private Key newKey(int client, Key.Kind kind) {
        Key key = new Key("k." + client + "." + kind + "." + generations++, kind);
        everyKey.add(key.name());
        return key;
    }

    /** The names of all keys there have ever been. */
    synchronized List<String> everyKey() {
        return new ArrayList<>(everyKey);
    }

    /** The names of the keys of one client, or of all if there is no such. */
    synchronized List<String> keyNames(int client) {
        return keys.entrySet().stream()
                .filter(entry -> entry.getKey() == client || !keys.containsKey(client))
                .flatMap(entry -> entry.getValue().values().stream())
                .map(Key::name)
                .toList();
    }

    /** @return whether this call made it so */
    synchronized boolean retire() {
        boolean first = !retired;
        retired = true;
        return first;
    }

    synchronized boolean isRetired() {
        return retired;
    }
}
