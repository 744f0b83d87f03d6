package com.example.bench;

import java.io.Serializable;
import java.math.BigDecimal;

/** One line of a cart. */
public class CartItem implements Serializable {
    private static final long serialVersionUID = 1L;

    private String sku = "";
    private String name = "";
    private int quantity;
    private BigDecimal price = BigDecimal.ZERO;

    public CartItem() {}

    public CartItem(String sku, String name, int quantity, BigDecimal price) {
        this.sku = sku;
        this.name = name;
        this.quantity = quantity;
        this.price = price;
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

    public int getQuantity() {
        return quantity;
    }

    public void setQuantity(int quantity) {
        this.quantity = quantity;
    }

    public BigDecimal getPrice() {
        return price;
    }

    public void setPrice(BigDecimal price) {
        this.price = price;
    }
}
