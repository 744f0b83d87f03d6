package com.example.shop.probe;

import java.io.Serializable;

/** A number that changes in place. */
final class Counter implements Serializable {
    private static final long serialVersionUID = 1L;

    private int value;

    synchronized int increment() {
        return ++value;
    }

    @Override
    public synchronized String toString() {
        return Integer.toString(value);
    }
}
