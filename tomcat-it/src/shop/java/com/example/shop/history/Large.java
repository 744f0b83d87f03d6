package com.example.shop.history;

/** A text far larger than what PostgreSQL keeps inside a row, every character of which depends on its number. */
final class Large {
    private static final int STEP = 31;

    private Large() {}

    /** The text of this number, of so many thousand characters. */
    static String text(int number, int thousands) {
        StringBuilder text = new StringBuilder("v").append(number).append(';');
        int state = number;
        while (text.length() < thousands * 1_000) {
            state = state * STEP + 7;
            text.append((char) ('a' + Math.floorMod(state, 26)));
        }
        return text.toString();
    }

    /** The beginning of the text, or what is wrong with the rest of it. */
    static String check(String text) {
        int end = text.indexOf(';');
        String head = text.substring(0, end);
        String whole = text(Integer.parseInt(head.substring(1)), text.length() / 1_000);
        return whole.equals(text) ? head : "damaged-" + head;
    }
}
