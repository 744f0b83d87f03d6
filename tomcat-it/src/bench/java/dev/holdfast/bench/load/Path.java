package dev.holdfast.bench.load;

import java.util.Locale;

/** What a request does with its session. */
public enum Path {
    NONE("no session"),
    READ("read"),
    WRITE("write one small attribute"),
    CART("change a cart in place"),
    NEW("new session");

    private final String title;

    Path(String title) {
        this.title = title;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }
}
