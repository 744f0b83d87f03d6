package dev.holdfast.demo;

import dev.holdfast.it.holdfast.Row;
import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.http.Host;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The demo's story, walked by a program through the same front as a person's, each step said and proved. */
final class Story {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<String, String> LAMP = Map.of("sku", "lamp", "label", "the check");
    private static final Map<String, String> LOGIN = Map.of("user", "wilhelmina", "password", "open sesame");

    private final Stage stage;
    private final Front front;
    private final Narrator narrator;
    private final Browser browser = new Browser();
    private boolean holds = true;

    Story(Stage stage, Front front, Narrator narrator) {
        this.stage = stage;
        this.front = front;
        this.narrator = narrator;
    }

    /** Walks all steps, also after one that failed. */
    boolean walk() {
        narrator.say("\nThe story:");
        step("The page and all that it needs is served from here", this::page);
        step("Ten requests that fill the cart, each to the other node: all ten are in it", this::cart);
        step("PostgreSQL holds the session as one row in which none of it can be read", this::sealed);
        step("Logging in changes the session id; the old one is dead on both nodes", this::login);
        step("Node A is stopped: B goes on with the session, and A when it is back", this::orderlyRestart);
        step("Node B is killed (kill -9): nothing is lost", this::kill);
        step("Both nodes are killed: nothing is lost", this::killBoth);
        step("PostgreSQL is restarted: nothing is lost", this::restartDatabase);
        step("PostgreSQL is down: 503 and the cookie untouched; back: all as before, unaided", this::outage);
        step("Logging out ends the session on both nodes, and its row is gone", this::logout);
        return holds;
    }

    private interface Step {
        void run();
    }

    private void step(String text, Step step) {
        try {
            step.run();
            narrator.passed(text);
        } catch (RuntimeException e) {
            holds = false;
            narrator.failed(text, String.valueOf(e.getMessage()));
        }
    }

    private void page() {
        for (String path : List.of("/", "/page.css", "/page.js", "/icon.svg")) {
            require(browser.get(front, path).status() == 200, path + " is not served");
        }
        String html =
                browser.get(front, "/").body() + browser.get(front, "/page.css").body();
        require(!html.contains("https://"), "the page asks for something from elsewhere");
    }

    private void cart() {
        Set<String> answered = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            answered.add(answeredBy(browser.post(front, "/shop/cart", LAMP)));
        }
        require(answered.equals(Set.of("A", "B")), "answered by " + answered);
        onBoth("\"quantity\":10");
    }

    private void sealed() {
        Row row = stage.table()
                .row(RowView.APP, id())
                .orElseThrow(() -> new IllegalStateException("there is no row of the session"));
        for (Object value : row.columns().values()) {
            String text = value instanceof byte[] bytes
                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                    : String.valueOf(value);
            for (String secret : List.of("lamp", "Storm", "the check", "com.example", id())) {
                require(!text.contains(secret), "\"" + secret + "\" stands in the row");
            }
        }
    }

    private void login() {
        String old = id();
        require(browser.post(front, "/shop/login", LOGIN).status() == 302, "the login was refused");
        require(!id().equals(old), "the id is still the same");
        for (DemoNode node : stage.nodes()) {
            Answer answer = new Browser().withSessionCookie("/shop", old).get((Host) node::uri, "/shop/status");
            require(answer.body().contains("\"session\":null"), "the old id lives on node " + node.name());
        }
        onBoth("\"customer\":\"wilhelmina\"", "\"quantity\":10");
    }

    private void orderlyRestart() {
        stage.a().stop();
        allIsThere("B");
        stage.a().start();
        onBoth("\"customer\":\"wilhelmina\"", "\"quantity\":10");
    }

    private void kill() {
        browser.post(front, "/shop/cart", LAMP);
        browser.post(front, "/shop/cart", LAMP);
        stage.b().kill();
        require(allIsThere("A").contains("\"quantity\":12"), "the last changes are lost");
        stage.b().start();
        onBoth("\"customer\":\"wilhelmina\"", "\"quantity\":12");
    }

    private void killBoth() {
        stage.nodes().forEach(DemoNode::kill);
        require(browser.get(front, "/shop/status").status() == 503, "somebody answered");
        stage.nodes().forEach(DemoNode::start);
        onBoth("\"customer\":\"wilhelmina\"", "\"quantity\":12");
    }

    private void restartDatabase() {
        stage.stopDatabase();
        stage.startDatabase();
        await(this::answers, "not answered again");
        onBoth("\"customer\":\"wilhelmina\"", "\"quantity\":12");
    }

    private void outage() {
        String before = id();
        stage.stopDatabase();
        try {
            for (int i = 0; i < 2; i++) {
                Answer answer = browser.get(front, "/shop/status");
                require(answer.status() == 503, "answered " + answer.status());
                require(answer.header("Retry-After").isPresent(), "no Retry-After");
                require(answer.setCookies().isEmpty(), "a cookie was set");
            }
        } finally {
            stage.startDatabase();
        }
        await(this::answers, "not answered again");
        require(id().equals(before), "another session");
        onBoth("\"customer\":\"wilhelmina\"", "\"quantity\":12");
    }

    private void logout() {
        String id = id();
        require(browser.post(front, "/shop/logout", Map.of()).status() == 302, "the logout was refused");
        for (DemoNode node : stage.nodes()) {
            Answer answer = new Browser().withSessionCookie("/shop", id).get((Host) node::uri, "/shop/status");
            require(answer.body().contains("\"session\":null"), "the session lives on node " + node.name());
        }
        require(stage.table().row(RowView.APP, id).isEmpty(), "its row is still there");
    }

    private boolean answers() {
        return browser.get(front, "/shop/status").status() == 200
                && browser.get(front, "/shop/status").status() == 200;
    }

    /** Two requests, which go to the two nodes in turn; both must show all of this. */
    private void onBoth(String... texts) {
        Set<String> answered = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            Answer answer = browser.get(front, "/shop/status");
            answered.add(answeredBy(answer));
            for (String text : texts) {
                require(answer.body().contains(text), text + " is not in " + answer.body());
            }
        }
        require(answered.equals(Set.of("A", "B")), "answered by " + answered);
    }

    private String allIsThere(String node) {
        Answer answer = browser.get(front, "/shop/status");
        require(answeredBy(answer).equals(node), "answered by " + answeredBy(answer));
        require(answer.body().contains("\"customer\":\"wilhelmina\""), "not in " + answer.body());
        return answer.body();
    }

    private static String answeredBy(Answer answer) {
        return answer.header("X-Answered-By").orElse("nobody, with " + answer.status());
    }

    private String id() {
        return browser.sessionCookie().orElseThrow(() -> new IllegalStateException("there is no session"));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static void await(BooleanSupplier condition, String otherwise) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            require(System.nanoTime() < deadline, otherwise + " in " + PATIENCE.toSeconds() + " s");
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
