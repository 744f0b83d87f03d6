package dev.holdfast.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A short story on two nodes that ends in the same way each time, as long as one law holds. Each was seen to end in another way
 * with the product broken in that point.
 */
enum LawStory {
    FIRST_BYTE("1", LawStory::seenAtTheFirstByte),
    AFTER_THE_COMMIT("later", LawStory::savedAfterTheCommit),
    FAILED_SAVE("503, (none)", LawStory::answerToAFailedSave),
    DISJOINT_CHANGES("A B", LawStory::changesAtTheSameTime),
    ONE_REQUEST("1 2 3", LawStory::changesOfOneRequest),
    OTHER_NODES_CHANGE("new", LawStory::changeElsewhere),
    READER("[x, y]", LawStory::changeBesideAReader),
    IN_PLACE("[x, y]", LawStory::changeInPlace),
    LOGOUT("200, dead", LawStory::logoutBesideAWrite),
    LOST_ANSWER("503, 3", LawStory::lostAnswer),
    OLD_ID("dead, alive", LawStory::idsAfterARotation),
    WRITE_BESIDE_ROTATION("200, kept", LawStory::writeBesideARotation),
    LOGOUT_BESIDE_ROTATION("200, dead", LawStory::logoutBesideARotation),
    TWO_ROTATIONS("same, alive", LawStory::twoRotations),
    OUTAGE("503", LawStory::answerWithoutDatabase),
    EXPIRY("1", LawStory::farewellsOfAnExpiredSession),
    TWO_LOGOUTS("1", LawStory::farewellsOfTwoLogouts),
    IN_USE("alive", LawStory::sessionInUse),
    OVERDUE("dead", LawStory::expiredSession);

    private static final Duration TICK = Duration.ofMillis(200);

    private final String expected;
    private final BiFunction<TwoNodes, Shopper, String> plot;

    LawStory(String expected, BiFunction<TwoNodes, Shopper, String> plot) {
        this.expected = expected;
        this.plot = plot;
    }

    /** How the story ends if the law holds. */
    String expected() {
        return expected;
    }

    /** Plays it with a session of its own. */
    String play(TwoNodes nodes) {
        return plot.apply(nodes, new Shopper());
    }

    private static String seenAtTheFirstByte(TwoNodes nodes, Shopper shopper) {
        Browser browser = shopper.browser();
        browser.probe(nodes.a(), "set:before:0");
        String gate = shopper.label();
        String path = Browser.probePath("", "set:n:1", "flush", "await:" + gate);
        try (Browser.Beginning beginning = browser.begin(nodes.a(), path)) {
            String seen = browser.probe(nodes.b(), "get:n").value("n");
            new Browser().probe(nodes.a(), "open:" + gate);
            beginning.body().readAllBytes();
            return seen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String savedAfterTheCommit(TwoNodes nodes, Shopper shopper) {
        shopper.browser().probe(nodes.a(), "set:n:before", "flush", "set:n:later");
        return shopper.browser().probe(nodes.b(), "get:n").value("n");
    }

    private static String answerToAFailedSave(TwoNodes nodes, Shopper shopper) {
        shopper.browser().probe(nodes.a(), "set:before:0");
        var late = TwoNodes.inFlight(nodes.a(), shopper.browser(), List.of("get:before"), "set:n:1");
        nodes.path().refuse();
        Answer answer = late.finish();
        nodes.path().heal();
        return answer.status() + ", "
                + shopper.browser().probe(nodes.b(), "get:n").value("n");
    }

    private static String changesAtTheSameTime(TwoNodes nodes, Shopper shopper) {
        Browser browser = shopper.browser();
        browser.probe(nodes.a(), "set:one:before", "set:two:before");
        var atA = TwoNodes.inFlight(nodes.a(), browser, List.of("get:one"), "set:one:A");
        var atB = TwoNodes.inFlight(nodes.b(), browser, List.of("get:two"), "set:two:B");
        atA.finish();
        atB.finish();
        Answer seen = browser.probe(nodes.a(), "get:one", "get:two");
        return seen.value("one") + " " + seen.value("two");
    }

    private static String changesOfOneRequest(TwoNodes nodes, Shopper shopper) {
        Browser browser = shopper.browser();
        browser.probe(nodes.a(), "set:a:0", "set:b:0", "set:c:0");
        browser.probe(nodes.a(), "set:a:1", "set:b:2", "set:c:3");
        Answer seen = browser.probe(nodes.b(), "get:a", "get:b", "get:c");
        return seen.value("a") + " " + seen.value("b") + " " + seen.value("c");
    }

    private static String changeElsewhere(TwoNodes nodes, Shopper shopper) {
        Browser browser = shopper.browser();
        browser.probe(nodes.a(), "set:n:old");
        // A request under way keeps the node's copy in its memory.
        var reader = TwoNodes.inFlight(nodes.a(), browser, List.of("get:n"));
        browser.probe(nodes.b(), "set:n:new");
        String seen = browser.probe(nodes.a(), "get:n").value("n");
        reader.finish();
        return seen;
    }

    private static String changeBesideAReader(TwoNodes nodes, Shopper shopper) {
        Browser browser = shopper.browser();
        browser.probe(nodes.a(), "append:list:x");
        var reader = TwoNodes.inFlight(nodes.a(), browser, List.of("get:list"));
        browser.probe(nodes.b(), "append:list:y");
        reader.finish();
        return browser.probe(nodes.b(), "get:list").value("list");
    }

    private static String changeInPlace(TwoNodes nodes, Shopper shopper) {
        shopper.browser().probe(nodes.a(), "append:list:x");
        shopper.browser().probe(nodes.a(), "append:list:y");
        return shopper.browser().probe(nodes.b(), "get:list").value("list");
    }

    private static String logoutBesideAWrite(TwoNodes nodes, Shopper shopper) {
        Browser browser = shopper.browser();
        browser.probe(nodes.a(), "set:n:0");
        String id = shopper.sessionId();
        var late = TwoNodes.inFlight(nodes.b(), browser, List.of("get:n"), "set:n:1");
        browser.probe(nodes.a(), "invalidate");
        int status = late.finish().status();
        return status + ", " + nodes.life(id);
    }

    /** Where the other node has changed what this one has saved before it knew of it, saving again would undo the other's. */
    private static String lostAnswer(TwoNodes nodes, Shopper shopper) {
        Browser browser = shopper.browser();
        browser.probe(nodes.a(), "count:n");
        var late = TwoNodes.inFlight(nodes.a(), browser, List.of("get:n"), "count:n");
        nodes.loseAnswerOf("coalesce");
        late.letGo();
        await().atMost(20, SECONDS)
                .until(() -> nodes.answerIsLost()
                        && browser.probe(nodes.b(), "get:n").value("n").equals("2"));
        browser.probe(nodes.b(), "count:n");
        nodes.path().cut();
        nodes.path().heal();
        int status = late.answer().join().status();
        return status + ", " + browser.probe(nodes.b(), "get:n").value("n");
    }

    private static String idsAfterARotation(TwoNodes nodes, Shopper shopper) {
        shopper.browser().probe(nodes.a(), "set:n:0");
        String old = shopper.sessionId();
        shopper.browser().probe(nodes.a(), "rotate");
        return nodes.life(old) + ", " + nodes.life(shopper.sessionId());
    }

    private static String writeBesideARotation(TwoNodes nodes, Shopper shopper) {
        Browser browser = shopper.browser();
        browser.probe(nodes.a(), "set:n:0");
        Browser other = new Browser().withSessionCookie("/shop", shopper.sessionId());
        var late = TwoNodes.inFlight(nodes.b(), other, List.of("get:n"), "set:n:kept");
        browser.probe(nodes.a(), "rotate");
        int status = late.finish().status();
        return status + ", " + browser.probe(nodes.a(), "get:n").value("n");
    }

    private static String logoutBesideARotation(TwoNodes nodes, Shopper shopper) {
        Browser browser = shopper.browser();
        browser.probe(nodes.a(), "set:n:0");
        Browser other = new Browser().withSessionCookie("/shop", shopper.sessionId());
        var late = TwoNodes.inFlight(nodes.b(), other, List.of("get:n"), "invalidate");
        browser.probe(nodes.a(), "rotate");
        int status = late.finish().status();
        return status + ", " + nodes.life(shopper.sessionId());
    }

    private static String twoRotations(TwoNodes nodes, Shopper shopper) {
        Browser browser = shopper.browser();
        browser.probe(nodes.a(), "set:n:0");
        Browser other = new Browser().withSessionCookie("/shop", shopper.sessionId());
        var late = TwoNodes.inFlight(nodes.b(), other, List.of("get:n"), "rotate");
        browser.probe(nodes.a(), "rotate");
        late.finish();
        boolean same = browser.sessionCookie().equals(other.sessionCookie());
        return (same ? "same" : "different") + ", " + nodes.life(shopper.sessionId());
    }

    private static String answerWithoutDatabase(TwoNodes nodes, Shopper shopper) {
        shopper.browser().probe(nodes.a(), "set:n:0");
        nodes.path().refuse();
        int status = shopper.browser().probe(nodes.a(), "exists").status();
        nodes.path().heal();
        return Integer.toString(status);
    }

    private static String farewellsOfAnExpiredSession(TwoNodes nodes, Shopper shopper) {
        shopper.add(nodes.a());
        shopper.browser().probe(nodes.a(), "timeout:1");
        String id = shopper.sessionId();
        await().atMost(60, SECONDS).until(() -> nodes.table().row("/shop", id).isEmpty());
        // Of two sweeps at the same time, the slower one.
        await().during(8, SECONDS).atMost(60, SECONDS).until(() -> true);
        return Long.toString(farewells(nodes, shopper));
    }

    private static String farewellsOfTwoLogouts(TwoNodes nodes, Shopper shopper) {
        shopper.add(nodes.a());
        var late = TwoNodes.inFlight(nodes.b(), shopper.browser(), List.of("new"), "invalidate");
        shopper.browser().probe(nodes.a(), "invalidate");
        late.finish();
        return Long.toString(farewells(nodes, shopper));
    }

    private static String sessionInUse(TwoNodes nodes, Shopper shopper) {
        shopper.browser().probe(nodes.a(), "set:n:0", "timeout:2");
        String id = shopper.sessionId();
        Instant end = Instant.now().plusSeconds(12);
        await().atMost(60, SECONDS)
                .pollInterval(TICK)
                .until(() -> TwoNodes.life(nodes.b(), id).equals("dead")
                        || Instant.now().isAfter(end));
        return TwoNodes.life(nodes.b(), id);
    }

    /** A sweep that happens to come in time would hide what is wrong: so several sessions, one after the other. */
    private static String expiredSession(TwoNodes nodes, Shopper shopper) {
        for (int i = 0; i < 5; i++) {
            Browser browser = new Browser();
            browser.probe(nodes.a(), "set:n:0", "timeout:1");
            String id = browser.sessionCookie().orElseThrow();
            Instant overdue = Instant.now().plusMillis(1_500);
            await().atMost(20, SECONDS).until(() -> Instant.now().isAfter(overdue));
            if (nodes.life(id).equals("alive")) {
                return "alive";
            }
        }
        return "dead";
    }

    private static long farewells(TwoNodes nodes, Shopper shopper) {
        return nodes.events("sessionDestroyed " + shopper.label() + " items=1");
    }
}
