package com.example.shop.probe;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Values of many types, by name, each made anew, and their contents as text that is the same wherever they are the same. */
final class Catalog {
    private static final Map<String, Supplier<Object>> KINDS = new TreeMap<>();

    static {
        KINDS.put("string", () -> "žluťoučký kůň 🐎");
        KINDS.put("integer", () -> -42);
        KINDS.put("long", () -> Long.MIN_VALUE);
        KINDS.put("double", () -> Double.NaN);
        KINDS.put("boolean", () -> true);
        KINDS.put("character", () -> 'ß');
        KINDS.put("bytes", () -> new byte[] {0, -1, 127});
        KINDS.put("ints", () -> new int[][] {{1}, {}, {2, 3}});
        KINDS.put("objects", () -> new Object[] {"a", 1, null});
        KINDS.put("decimal", () -> new BigDecimal("-1.2300"));
        KINDS.put("bigInteger", () -> BigInteger.ONE.shiftLeft(100));
        KINDS.put("date", () -> new Date(1_100_000_000_123L));
        KINDS.put("timestamp", Catalog::timestamp);
        KINDS.put("sqlDate", () -> new java.sql.Date(1_100_000_000_000L));
        KINDS.put("calendar", Catalog::calendar);
        KINDS.put("instant", () -> Instant.ofEpochSecond(1_100_000_000L, 999_999_999));
        KINDS.put("localDate", () -> LocalDate.of(2005, 2, 28));
        KINDS.put("zoned", () -> ZonedDateTime.parse("2005-03-27T03:00:00+02:00[Europe/Prague]"));
        KINDS.put("uuid", () -> UUID.fromString("123e4567-e89b-12d3-a456-426614174000"));
        KINDS.put("uri", () -> URI.create("https://example.com/?a=b#c"));
        KINDS.put("locale", () -> new Locale("de", "AT"));
        KINDS.put("pattern", () -> Pattern.compile("a+", Pattern.CASE_INSENSITIVE));
        KINDS.put("bitSet", () -> BitSet.valueOf(new long[] {5, 9}));
        KINDS.put("enum", () -> TimeUnit.HOURS);
        KINDS.put("ownEnum", () -> Size.LARGE);
        KINDS.put("enumMap", () -> new EnumMap<>(Map.of(Size.SMALL, "s", Size.LARGE, "l")));
        KINDS.put("enumSet", () -> EnumSet.of(Size.LARGE));
        KINDS.put("list", () -> new ArrayList<>(Arrays.asList("a", null, "b")));
        KINDS.put("linkedList", () -> new LinkedList<>(List.of(1, 2)));
        KINDS.put("vector", () -> new Vector<>(List.of("old")));
        KINDS.put("asList", () -> Arrays.asList("x", "y"));
        KINDS.put("listOf", () -> List.of(1, 2, 3));
        KINDS.put("mapOf", () -> Map.of("k", "v"));
        KINDS.put("unmodifiable", () -> Collections.unmodifiableList(new ArrayList<>(List.of("a"))));
        KINDS.put("synchronizedMap", () -> Collections.synchronizedMap(new HashMap<>(Map.of("k", 1))));
        KINDS.put("hashtable", () -> new Hashtable<>(Map.of("k", "v")));
        KINDS.put("linkedHashMap", Catalog::ordered);
        KINDS.put("treeMap", Catalog::backwards);
        KINDS.put("treeSet", () -> new TreeSet<>(List.of("b", "a")));
        KINDS.put("deque", () -> new ArrayDeque<>(List.of(1, 2)));
        KINDS.put("concurrent", () -> new ConcurrentHashMap<>(Map.of("k", 1L)));
        KINDS.put("properties", Catalog::properties);
        KINDS.put("atomic", () -> new AtomicLong(7));
        KINDS.put("record", () -> new Point(1, "p"));
        KINDS.put("hooked", () -> new Hooked("secret kept by hand"));
        KINDS.put("singleton", () -> Only.ONE);
        KINDS.put("cycle", Catalog::cycle);
        KINDS.put("exception", () -> new IllegalStateException("kept", new RuntimeException("cause")));
    }

    private Catalog() {}

    static List<String> kinds() {
        return new ArrayList<>(KINDS.keySet());
    }

    static Object make(String kind) {
        return KINDS.get(kind).get();
    }

    /** Class and contents. */
    static String describe(Object value) {
        return value.getClass().getName() + " " + contents(value);
    }

    private static String contents(Object value) {
        if (value.getClass().isArray()) {
            return Arrays.deepToString(new Object[] {value});
        }
        if (value instanceof List<?> list && list.size() == 1 && list.get(0) == list) {
            return "contains itself";
        }
        if (value instanceof Properties properties) {
            return properties + " default=" + properties.getProperty("inherited");
        }
        if (value instanceof Pattern pattern) {
            return pattern.pattern() + " flags=" + pattern.flags();
        }
        if (value instanceof GregorianCalendar calendar) {
            return calendar.getTimeInMillis() + " " + calendar.getTimeZone().getID();
        }
        if (value instanceof Throwable failure) {
            return failure + " caused by " + failure.getCause();
        }
        return value.toString();
    }

    private static Timestamp timestamp() {
        Timestamp timestamp = new Timestamp(1_100_000_000_000L);
        timestamp.setNanos(123_456_789);
        return timestamp;
    }

    private static GregorianCalendar calendar() {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Pacific/Apia"));
        calendar.setTimeInMillis(1_100_000_000_000L);
        return calendar;
    }

    private static Map<String, Integer> ordered() {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (int i = 9; i > 0; i--) {
            map.put("k" + i, i);
        }
        return map;
    }

    private static TreeMap<String, Integer> backwards() {
        TreeMap<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
        map.putAll(Map.of("a", 1, "b", 2, "c", 3));
        return map;
    }

    private static Properties properties() {
        Properties defaults = new Properties();
        defaults.setProperty("inherited", "yes");
        Properties properties = new Properties(defaults);
        properties.setProperty("own", "too");
        return properties;
    }

    private static List<Object> cycle() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        return list;
    }

    enum Size {
        SMALL,
        LARGE {
            @Override
            public String toString() {
                return "large, with a body";
            }
        }
    }

    record Point(int x, String name) implements Serializable {}
}
