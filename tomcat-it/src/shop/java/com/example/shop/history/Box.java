package com.example.shop.history;

import java.io.Serializable;

/** A number that changes in place. */
final class Box implements Serializable {
    private static final long serialVersionUID = 1L;

    private int value;

    Box(int value) {
        this.value = value;
    }

    synchronized void set(int newValue) {
        value = newValue;
    }

    @Override
    public synchronized String toString() {
        return Integer.toString(value);
    }
}
