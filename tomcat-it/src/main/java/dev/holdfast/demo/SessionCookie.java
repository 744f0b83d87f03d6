package dev.holdfast.demo;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the session id in the headers that carry cookies. */
final class SessionCookie {
    private static final Pattern COOKIE = Pattern.compile("(?:^|;\\s*)JSESSIONID=([^;]*)");

    private SessionCookie() {}

    static Optional<String> in(List<String> headers) {
        return headers.stream()
                .map(COOKIE::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(1))
                .filter(id -> !id.isEmpty())
                .reduce((first, second) -> second);
    }
}
