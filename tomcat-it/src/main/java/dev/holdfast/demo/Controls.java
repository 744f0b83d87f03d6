package dev.holdfast.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the page asks of the demo itself: how things stand, and to stop and start them. */
final class Controls {
    private final Stage stage;
    private final Activity activity;

    Controls(Stage stage, Activity activity) {
        this.stage = stage;
        this.activity = activity;
    }

    void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/demo/state")) {
            Front.json(exchange, 200, state(exchange));
            return;
        }
        // Another site's page can send a form here, but not a header of its own.
        if (!exchange.getRequestMethod().equals("POST")
                || !exchange.getRequestHeaders().containsKey("X-Demo")) {
            Front.text(exchange, 403, "text/plain", "Only the demo's own page may do this.");
            return;
        }
        String[] words = path.substring("/demo/".length()).split("/", 2);
        try {
            carryOut(words[0], words.length > 1 ? words[1] : "");
            Front.json(exchange, 200, state(exchange));
        } catch (RuntimeException e) {
            activity.add("failed", "That did not work: " + e.getMessage(), Map.of());
            Front.json(exchange, 500, state(exchange));
        }
    }

    private void carryOut(String what, String how) {
        if (what.equals("database")) {
            switch (how) {
                case "stop" -> timed("PostgreSQL was stopped", stage::stopDatabase);
                case "start" -> timed("PostgreSQL is back", stage::startDatabase);
                case "restart" ->
                    timed("PostgreSQL was restarted", () -> {
                        stage.stopDatabase();
                        stage.startDatabase();
                    });
                default -> throw new IllegalArgumentException("a database cannot " + how);
            }
            return;
        }
        DemoNode node = stage.nodes().stream()
                .filter(each -> each.name().equals(what))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no node " + what));
        switch (how) {
            case "stop" -> timed("Node " + what + " was stopped in an orderly way", node::stop);
            case "start" -> timed("Node " + what + " is up", node::start);
            case "kill" -> timed("Node " + what + " was killed (kill -9)", node::kill);
            default -> throw new IllegalArgumentException("a node cannot " + how);
        }
    }

    private void timed(String text, Runnable work) {
        long start = System.nanoTime();
        work.run();
        activity.add("control", text, Map.of("seconds", Narrator.seconds(Duration.ofNanos(System.nanoTime() - start))));
    }

    private Map<String, Object> state(HttpExchange exchange) {
        Map<String, Object> nodes = new LinkedHashMap<>();
        for (DemoNode node : stage.nodes()) {
            nodes.put(node.name(), node.state().name().toLowerCase(Locale.ROOT));
        }
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("tomcat", stage.a().tomcat().line().toString());
        state.put("nodes", nodes);
        state.put("database", stage.isDatabaseUp());
        state.put("activity", activity.since(seen(exchange)));
        return state;
    }

    private static long seen(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return List.of(query == null ? "" : query).stream()
                .filter(text -> text.matches("since=\\d{1,18}"))
                .mapToLong(text -> Long.parseLong(text.substring("since=".length())))
                .findFirst()
                .orElse(0);
    }
}
