package com.example.shop.history;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

/** Notes the end of each session that has a label; the label must still be readable then. */
public final class HistoryListener implements HttpSessionListener {
    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        Object label = event.getSession().getAttribute(Label.ATTRIBUTE);
        if (label instanceof Label) {
            EventFile.write("destroyed", label.toString());
        }
    }
}
