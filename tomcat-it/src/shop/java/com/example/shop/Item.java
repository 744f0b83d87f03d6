package com.example.shop;

import java.io.Serializable;

/** A line of the cart. A bean, and mutable, as they were. */
public class Item implements Serializable {
    private static final long serialVersionUID = 1L;

    private String sku;
    private String name;
    private int priceInCents;
    private int quantity;

    public Item() {}

    public Item(String sku, String name, int priceInCents) {
        this.sku = sku;
        this.name = name;
        this.priceInCents = priceInCents;
    }

    public String getSku() {
        return sku;
    }

    public void setSku(String sku) {
        this.sku = sku;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public int getPriceInCents() {
        return priceInCents;
    }

    public void setPriceInCents(int priceInCents) {
        this.priceInCents = priceInCents;
    }

    public int getQuantity() {
        return quantity;
    }

    public void setQuantity(int quantity) {
        this.quantity = quantity;
    }
}
