package com.example.shop.probe;

import java.io.Serializable;

/** There is one, also after a journey. */
final class Only implements Serializable {
    private static final long serialVersionUID = 1L;

    static final Only ONE = new Only();

    private Only() {}

    private Object readResolve() {
        return ONE;
    }

    @Override
    public String toString() {
        return this == ONE ? "the only one" : "a second one, which must not be";
    }
}
