package dev.holdfast.session;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The names under which the codec sees the entries of a session. A first letter keeps the application's attributes apart from
 * the container's properties and from the engine's own, so that no attribute name can collide with either.
 */
final class EntryName {
    /** The session id in clear, inside the seal: whoever adopts a rotation that another node made learns the new id here. */
    static final String SESSION_ID = "s";

    /**
     * A random number drawn when the session began: an id that is born again belongs to another session, and what a request
     * changed in the first one must not end up in the second.
     */
    static final String BIRTH = "b";

    private static final ConcurrentHashMap<String, String> PROPERTIES = new ConcurrentHashMap<>();

    private EntryName() {}

    static String ofAttribute(String name) {
        return "a" + name;
    }

    /** The container has a handful of properties, and they are asked for in each request. */
    static String ofProperty(String name) {
        return PROPERTIES.computeIfAbsent(name, n -> "c" + n);
    }

    static boolean isAttribute(String entry) {
        return entry.charAt(0) == 'a';
    }

    static boolean isProperty(String entry) {
        return entry.charAt(0) == 'c';
    }

    /** What the application or the container calls the entry. */
    static String plain(String entry) {
        return entry.substring(1);
    }
}
