package dev.holdfast.codec;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Both catalogues of values, for tests of other rooms. */
public final class Catalogues {
    private Catalogues() {}

    /** By name; each value is made anew by its supplier. */
    public static Map<String, Callable<Object>> all() {
        Map<String, Callable<Object>> all = new TreeMap<>();
        JdkCatalogue.values().forEach((name, value) -> all.put("JDK: " + name, value));
        ApplicationCatalogue.values().forEach((name, value) -> all.put("application: " + name, value));
        return all;
    }
}
