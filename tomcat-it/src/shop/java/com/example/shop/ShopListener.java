package com.example.shop;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

/** The application's listener for sessions, ids and attributes. */
public class ShopListener implements HttpSessionListener, HttpSessionIdListener, HttpSessionAttributeListener {
    @Override
    public void sessionCreated(HttpSessionEvent event) {
        EventLog.record("sessionCreated", event.getSession().getId());
    }

    /** The attributes must still be readable here. */
    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        HttpSession session = event.getSession();
        Visit visit = (Visit) session.getAttribute("visit");
        Cart cart = (Cart) session.getAttribute("cart");
        EventLog.record(
                "sessionDestroyed",
                (visit == null ? "-" : visit.getLabel()) + " items="
                        + (cart == null ? 0 : cart.getItems().size()));
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
        EventLog.record("sessionIdChanged", oldSessionId);
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
        EventLog.record("attributeAdded", event.getName());
    }

    @Override
    public void attributeRemoved(HttpSessionBindingEvent event) {
        EventLog.record("attributeRemoved", event.getName());
    }

    @Override
    public void attributeReplaced(HttpSessionBindingEvent event) {
        EventLog.record("attributeReplaced", event.getName());
    }
}
