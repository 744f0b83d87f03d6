package com.example.shop.history;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A list that is set once and from then on only appended to. */
final class Notes implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Integer> lines = new ArrayList<>();

    synchronized int size() {
        return lines.size();
    }

    synchronized void add(int line) {
        lines.add(line);
    }

    @Override
    public synchronized String toString() {
        return lines.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
