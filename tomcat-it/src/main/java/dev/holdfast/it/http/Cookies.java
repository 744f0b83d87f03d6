package dev.holdfast.it.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A browser's cookies for one host: by name and path, the port does not matter to them. Safe for use by many threads. */
final class Cookies {
    private final Map<Key, String> values = new LinkedHashMap<>();

    private record Key(String name, String path) {
        boolean covers(String requestPath) {
            return requestPath.equals(path)
                    || path.equals("/")
                    || requestPath.startsWith(path.endsWith("/") ? path : path + "/");
        }
    }

    synchronized void take(List<String> setCookies) {
        for (String setCookie : setCookies) {
            String[] parts = setCookie.split(";");
            String[] pair = parts[0].strip().split("=", 2);
            String path = "/";
            boolean over = false;
            for (int i = 1; i < parts.length; i++) {
                String[] attribute = parts[i].strip().split("=", 2);
                if (attribute[0].equalsIgnoreCase("Path")) {
                    path = attribute[1];
                } else if (attribute[0].equalsIgnoreCase("Max-Age") && attribute[1].equals("0")) {
                    over = true;
                }
            }
            if (over) {
                values.remove(new Key(pair[0], path));
            } else {
                values.put(new Key(pair[0], path), pair[1]);
            }
        }
    }

    synchronized Optional<String> header(String path) {
        String header = values.entrySet().stream()
                .filter(cookie -> cookie.getKey().covers(path))
                .map(cookie -> cookie.getKey().name() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return header.isEmpty() ? Optional.empty() : Optional.of(header);
    }

    synchronized Optional<String> value(String name) {
        return values.entrySet().stream()
                .filter(cookie -> cookie.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    synchronized void put(String name, String path, String value) {
        values.put(new Key(name, path), value);
    }
}
