package com.example.shop.history;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Mutable values of many types, to be looked at without being changed. */
final class Zoo {
    private static final String PREFIX = "zoo.";

    private Zoo() {}

    /** Sets them all. */
    static void fill(HttpSession session, String number) {
        List<String> words = new ArrayList<>(Arrays.asList("b" + number, "a" + number, "c" + number));
        Map<Object, Object> hash = new HashMap<>(64);
        Map<Object, Object> byIdentity = new HashMap<>();
        for (String word : words) {
            hash.put(word, new Date(word.hashCode()));
            byIdentity.put(new Key(), word);
        }
        BitSet bits = new BitSet(512);
        bits.set(3);
        Object[] animals = {
            words,
            hash,
            byIdentity,
            new HashSet<>(words),
            new LinkedHashMap<>(hash),
            new TreeMap<>(hash),
            new ConcurrentHashMap<>(hash),
            new Date(),
            bits,
            new StringBuilder(256).append(number),
            new int[] {1, 2, number.length()},
            new Box(number.length())
        };
        for (int i = 0; i < animals.length; i++) {
            session.setAttribute(PREFIX + i, animals[i]);
        }
    }

    /** Looks at all of them, as pages do that only show something. */
    static int look(HttpSession session) {
        int seen = 0;
        for (String name : java.util.Collections.list(session.getAttributeNames())) {
            if (name.startsWith(PREFIX)) {
                Object value = session.getAttribute(name);
                seen += value instanceof Map<?, ?> map ? map.entrySet().size() : 0;
                seen += value instanceof Iterable<?> all && all.iterator().hasNext() ? 1 : 0;
                seen += String.valueOf(value).length() > 0 ? 1 : 0;
            }
        }
        return seen;
    }

    /** A key whose place in a hash map is another one after each reading. */
    private static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;
    }
}
