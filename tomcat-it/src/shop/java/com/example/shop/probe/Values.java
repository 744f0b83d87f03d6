package com.example.shop.probe;

import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the probe does to values in the session. */
final class Values {
    private Values() {}

    static List<String> names(HttpSession session) {
        List<String> names = Collections.list(session.getAttributeNames());
        Collections.sort(names);
        return names;
    }

    /** Adds one to a counter that is changed in place. */
    static int count(HttpSession session, String name) {
        Counter counter = (Counter) session.getAttribute(name);
        if (counter == null) {
            counter = new Counter();
            session.setAttribute(name, counter);
        }
        return counter.increment();
    }

    /** Adds to a list that is set once and then changed in place. */
    static void append(HttpSession session, String name, String value) {
        if (session.getAttribute(name) == null) {
            session.setAttribute(name, Collections.synchronizedList(new ArrayList<String>()));
        }
        appendTo(session.getAttribute(name), value);
    }

    @SuppressWarnings("unchecked")
    static void appendTo(Object list, String value) {
        ((List<String>) list).add(value);
    }

    /** One list under two names. */
    static void share(HttpSession session, String one, String other) {
        List<String> list = new ArrayList<>();
        session.setAttribute(one, list);
        session.setAttribute(other, list);
    }
}
