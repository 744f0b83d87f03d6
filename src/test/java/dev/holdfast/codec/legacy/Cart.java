package dev.holdfast.codec.legacy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A shopping cart as it was written in 2005. */
@SuppressWarnings({"all", "rawtypes", "unchecked", "deprecation"})
public class Cart implements Serializable {
    public static class Item implements Serializable {
        public String sku;
        public int quantity;
        public double price;
        public Cart cart;

        public Item(String sku, int quantity, double price, Cart cart) {
            this.sku = sku;
            this.quantity = quantity;
            this.price = price;
            this.cart = cart;
        }
    }

    public List items = new ArrayList();
    public Map attributes = new HashMap();
    public Date created = new Date(1_100_000_000_000L);
    public Object note = "default";
    public transient String cached = "transient";
    protected final long number;
    private byte tiny = 1;
    private short small = 2;
    private char letter = 'x';
    private float ratio = 0.5f;
    private boolean open = true;

    public Cart(long number) {
        this.number = number;
    }

    public Cart add(String sku, int quantity, double price) {
        items.add(new Item(sku, quantity, price, this));
        return this;
    }

    public long number() {
        return number;
    }
}
