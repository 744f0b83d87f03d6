package com.example.shop;

import java.util.ArrayList;
import java.util.List;

/** What the shop sells. */
public final class Catalogue {
    private Catalogue() {}

    /** All products, new objects at each call. */
    public static List<Item> products() {
        List<Item> products = new ArrayList<>();
        products.add(new Item("rope", "Mooring rope, 20 m", 4900));
        products.add(new Item("anchor", "Folding anchor, 4 kg", 6450));
        products.add(new Item("lamp", "Storm lamp", 2990));
        products.add(new Item("compass", "Brass compass", 8900));
        return products;
    }

    /** The product of this number, or null. */
    public static Item find(String sku) {
        for (Item product : products()) {
            if (product.getSku().equals(sku)) {
                return product;
            }
        }
        return null;
    }
}
