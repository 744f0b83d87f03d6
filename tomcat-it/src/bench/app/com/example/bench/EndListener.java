package com.example.bench;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.concurrent.atomic.LongAdder;

/** Wants to see each session end, and looks into its cart: what was left in it goes back to the shelves. */
public final class EndListener implements HttpSessionListener {
    private final LongAdder unitsLeft = new LongAdder();

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        if (event.getSession().getAttribute(SampleSession.CART) instanceof Cart cart) {
            unitsLeft.add(cart.units());
        }
    }
}
