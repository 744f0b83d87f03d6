package com.example.shop;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The cart. It is set in the session once, when it is made, and from then on only changed in place. */
public class Cart implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Item> items = new ArrayList<>();

    /** One more of this product. */
    public synchronized void add(Item product) {
        for (Item item : items) {
            if (item.getSku().equals(product.getSku())) {
                item.setQuantity(item.getQuantity() + 1);
                return;
            }
        }
        product.setQuantity(1);
        items.add(product);
    }

    public synchronized void remove(String sku) {
        items.removeIf(item -> item.getSku().equals(sku));
    }

    public synchronized List<Item> getItems() {
        return new ArrayList<>(items);
    }

    public synchronized int getTotalInCents() {
        int total = 0;
        for (Item item : items) {
            total += item.getPriceInCents() * item.getQuantity();
        }
        return total;
    }
}
