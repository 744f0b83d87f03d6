package com.example.shop;

import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.io.Serializable;

/** Told when it enters and leaves a session, and when the session moves. */
public class Visit implements HttpSessionBindingListener, HttpSessionActivationListener, Serializable {
    private static final long serialVersionUID = 1L;

    private final String label;
    private int pages;

    public Visit(String label) {
        this.label = label;
    }

    public String getLabel() {
        return label;
    }

    public synchronized int getPages() {
        return pages;
    }

    /** One more page seen: in place. */
    public synchronized void count() {
        pages++;
    }

    @Override
    public void valueBound(HttpSessionBindingEvent event) {
        EventLog.record("valueBound", label);
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        EventLog.record("valueUnbound", label);
    }

    @Override
    public void sessionWillPassivate(HttpSessionEvent event) {
        EventLog.record("sessionWillPassivate", label);
    }

    @Override
    public void sessionDidActivate(HttpSessionEvent event) {
        EventLog.record("sessionDidActivate", label);
    }
}
