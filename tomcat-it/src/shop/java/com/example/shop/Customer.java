package com.example.shop;

import java.io.Serializable;
import java.util.Date;

/** Who logged in at the shop's own form. */
public class Customer implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final Date since = new Date();

    public Customer(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    public Date getSince() {
        return (Date) since.clone();
    }
}
