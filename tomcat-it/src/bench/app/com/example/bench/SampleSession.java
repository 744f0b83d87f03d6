package com.example.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The session of every contestant: 22 attributes, about 3.4 KB, of the kinds that applications have kept for decades. */
public final class SampleSession {
    public static final String USER = "user.name";
    public static final String LAST_PAGE = "last.page";
    public static final String PREFERENCES = "preferences";
    public static final String CREDIT = "credit";
    public static final String CART = "cart";

    /** How many units a new cart has. */
    public static final int FIRST_UNITS = 10;

    private static final long LONG_AGO = 1_700_000_000_000L;
    private static final String PAGE = "/shop/catalogue/garden/tools?sort=price&order=ascending&size=24&page=";

    private SampleSession() {}

    /** Fresh objects each time. */
    public static Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(USER, "margarete.hofmann");
        attributes.put("user.id", 4_711_081_5L);
        attributes.put("user.email", "margarete.hofmann@mail.example.com");
        attributes.put("user.roles", new ArrayList<>(List.of("customer", "newsletter", "wholesale")));
        attributes.put("user.address", address());
        attributes.put("login.time", new Date(LONG_AGO));
        attributes.put("login.from", "2001:db8:85a3:8d3:1319:8a2e:370:7348");
        attributes.put("locale", "de_AT");
        attributes.put("currency", "EUR");
        attributes.put(CART, cart());
        attributes.put("wishlist", wishlist());
        attributes.put("recently.viewed", recentlyViewed());
        attributes.put(PREFERENCES, preferences());
        attributes.put("csrf.token", "b7d1f0a95e3c4c62a1f6d1a2c0e94f37");
        attributes.put(LAST_PAGE, page(0));
        attributes.put("search.query", "pruning shears left-handed");
        attributes.put("search.filters", filters());
        attributes.put(CREDIT, new BigDecimal("1250.00"));
        attributes.put("discount", new BigDecimal("0.075"));
        attributes.put("campaign", "spring-2024/newsletter/garden/version-b");
        attributes.put("form.draft", draft());
        attributes.put(
                "flash.message",
                "Your order of the 3rd is on its way. You can follow the parcel under 'My orders', and change the address"
                        + " of delivery until it has left our warehouse in Linz.");
        return attributes;
    }

    /** The small attribute that the write path changes: the address of a page with this number in it. */
    public static String page(int number) {
        return PAGE + number;
    }

    /** The number in {@link #page}. */
    public static int number(Object page) {
        return Integer.parseInt(((String) page).substring(PAGE.length()));
    }

    private static Address address() {
        Address address = new Address();
        address.setStreet("Donaustrasse 17, Stiege 2, Tuer 14");
        address.setPostcode("4020");
        address.setCity("Linz");
        address.setCountry("AT");
        return address;
    }

    private static Cart cart() {
        Cart cart = new Cart();
        List<CartItem> items = new ArrayList<>();
        items.add(new CartItem("GT-20418", "Pruning shears, left-handed", 1, new BigDecimal("34.90")));
        items.add(new CartItem("GT-11077", "Leaf rake, 22 tines", 2, new BigDecimal("27.50")));
        items.add(new CartItem("SD-90311", "Seed mix for a meadow, 500 g", 4, new BigDecimal("12.95")));
        items.add(new CartItem("PT-33002", "Flower pot, terracotta, 30 cm", 2, new BigDecimal("18.40")));
        items.add(new CartItem("WT-70155", "Watering can, zinc, 9 l", 1, new BigDecimal("49.00")));
        cart.setItems(items);
        cart.setChanged(new Date(LONG_AGO + 86_400_000L));
        return cart;
    }

    private static List<String> wishlist() {
        List<String> wishes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            wishes.add("GT-" + (20_500 + 37 * i));
        }
        return wishes;
    }

    private static Map<String, Object> recentlyViewed() {
        Map<String, Object> viewed = new LinkedHashMap<>();
        for (int i = 0; i < 8; i++) {
            viewed.put("/shop/article/GT-" + (20_400 + 53 * i), new Date(LONG_AGO + 61_000L * i));
        }
        return viewed;
    }

    private static Map<String, Object> preferences() {
        Map<String, Object> preferences = new HashMap<>();
        preferences.put("theme", "classic");
        preferences.put("articlesPerPage", "24");
        preferences.put("showNetPrices", "false");
        preferences.put("mailFormat", "text");
        preferences.put("startPage", "/shop/catalogue/garden");
        preferences.put("timeZone", "Europe/Vienna");
        preferences.put("dateFormat", "dd.MM.yyyy");
        preferences.put("reminders", "weekly");
        return preferences;
    }

    private static Map<String, Object> filters() {
        Map<String, Object> filters = new HashMap<>();
        filters.put("brand", "Steinbach");
        filters.put("priceFrom", "10");
        filters.put("priceTo", "80");
        filters.put("inStock", "true");
        return filters;
    }

    private static Map<String, Object> draft() {
        Map<String, Object> draft = new LinkedHashMap<>();
        draft.put("step", "delivery");
        draft.put("deliveryName", "Margarete Hofmann");
        draft.put("deliveryStreet", "Donaustrasse 17, Stiege 2, Tuer 14");
        draft.put("deliveryPostcode", "4020");
        draft.put("deliveryCity", "Linz");
        draft.put("deliveryPhone", "+43 732 555 01 23");
        draft.put("payment", "invoice");
        draft.put("remark", "Please leave the parcel with the neighbours, door 15, if nobody is at home.");
        draft.put("giftWrap", "false");
        return draft;
    }
}
