package com.example.shop.web;

/** Writes JSON, as one did before libraries for it. */
final class Json {
    private final StringBuilder text = new StringBuilder();
    private boolean first = true;

    Json open(char bracket) {
        separate();
        text.append(bracket);
        first = true;
        return this;
    }

    Json close(char bracket) {
        text.append(bracket);
        first = false;
        return this;
    }

    Json name(String name) {
        value(name);
        text.append(':');
        first = true;
        return this;
    }

    Json value(Object value) {
        separate();
        if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
            return this;
        }
        text.append('"');
        for (char c : value.toString().toCharArray()) {
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
        return this;
    }

    private void separate() {
        if (!first) {
            text.append(',');
        }
        first = false;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
