package com.example.bench;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** A cart that is changed in place. */
public class Cart implements Serializable {
    private static final long serialVersionUID = 1L;

    private List<CartItem> items = new ArrayList<>();
    private Date changed = new Date();

    public List<CartItem> getItems() {
        return items;
    }

    public void setItems(List<CartItem> items) {
        this.items = items;
    }

    public Date getChanged() {
        return changed;
    }

    public void setChanged(Date changed) {
        this.changed = changed;
    }

    /** One more of one of the items, each in its turn: the cart changes and stays as large as it is. */
    public void addOne() {
        CartItem item = items.get(units() % items.size());
        item.setQuantity(item.getQuantity() + 1);
        changed = new Date();
    }

    /** All quantities together. */
    public int units() {
        int sum = 0;
        for (CartItem item : items) {
            sum += item.getQuantity();
        }
        return sum;
    }
}
