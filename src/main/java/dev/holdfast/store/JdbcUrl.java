package dev.holdfast.store;

import java.util.regex.Pattern;

/**
 * A JDBC URL as a setting gives it. What follows the question mark may carry a password and is never shown.
 *
 * @param text the whole URL
 */
record JdbcUrl(String text) {
    private static final Pattern USER_INFO = Pattern.compile("//[^/]*@");

    /** Scheme, host, port and database. */
    String server() {
        int parameters = text.indexOf('?');
        return parameters < 0 ? text : text.substring(0, parameters);
    }

    /** Whether the URL gives this parameter itself. */
    boolean gives(String parameter) {
        int parameters = text.indexOf('?');
        return parameters >= 0 && ("&" + text.substring(parameters + 1)).contains("&" + parameter + "=");
    }

    /** What may be shown: no parameters, and nothing that was put before the host. */
    @Override
    public String toString() {
        String server = USER_INFO.matcher(server()).replaceAll("//...@");
        return server.length() == text.length() ? server : server + "?...";
    }
}
