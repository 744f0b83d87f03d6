package com.example.shop.history;

import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.Serializable;

/** The name by which the checker knows a session, whatever id it goes by. */
final class Label implements HttpSessionBindingListener, Serializable {
    static final String ATTRIBUTE = "label";

    private static final long serialVersionUID = 1L;

    private final String name;

    Label(String name) {
        this.name = name;
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        EventFile.write("unbound", name);
    }

    @Override
    public String toString() {
        return name;
    }
}
