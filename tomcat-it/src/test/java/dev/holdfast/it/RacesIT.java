package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.holdfast.Row;
import dev.holdfast.it.holdfast.SessionTable;
import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.race.Counters;
import dev.holdfast.it.race.Race;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same thing many times, with everything at once: on two nodes, each request wherever it likes. A few rounds in the build;
 * {@code -Dholdfast.races=10000} runs them all.
 */
@ParameterizedClass
@EnumSource
final class RacesIT {
    private static final int HANDS = 4;

    private final TomcatLine line;
    private final Site site;

    RacesIT(TomcatLine line) {
        this.line = line;
        site = Site.of(line);
    }

    private Race race(String name) {
        return new Race(name + ", " + line);
    }

    @Test
    void sixteenClientsOfOneSessionLoseNothing() {
        int clients = 16;
        int each = Race.rounds(15, 1_000);
        Browser first = new Browser();
        assertThat(first.probe(site.a(), "set:zero:0").status()).isEqualTo(200);
        String id = first.sessionCookie().orElseThrow();
        List<AtomicInteger> done = IntStream.range(0, clients)
                .mapToObj(client -> new AtomicInteger())
                .toList();
        List<Browser> browsers = done.stream()
                .map(client -> new Browser().withSessionCookie("/shop", id))
                .toList();
        Counters before = Counters.of(site.nodes());

        Race race = race("16 clients on one session").run(clients * each, clients, number -> {
            int client = number % clients;
            // One request of a client at a time: what it is told then is what it has done.
            synchronized (browsers.get(client)) {
                int expected = done.get(client).incrementAndGet();
                Answer answer = browsers.get(client).probe(either(number / clients + client), "count:n" + client);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                assertThat(answer.value("n" + client)).isEqualTo(Integer.toString(expected));
            }
        });

        Counters counted = Counters.of(site.nodes()).since(before);
        for (TomcatNode node : site.nodes()) {
            for (int client = 0; client < clients; client++) {
                String left = first.probe(node, "get:n" + client).value("n" + client);
                race.hold(left.equals(done.get(client).toString()), "client " + client + " left " + left);
            }
        }
        assertThat(race.violations(counted.toString())).isEmpty();
        assertThat(counted.failures()).isZero();
    }

    @Test
    void aPureReaderWritesNothingAndUndoesNothing() {
        Browser browser = new Browser();
        String[] kinds = browser.probe(site.b(), "kinds").value("kinds").split(",");
        String[] describe = Stream.of(kinds).map(kind -> "describe:" + kind).toArray(String[]::new);
        assertThat(browser.probe(
                                site.b(),
                                Stream.of(kinds)
                                        .map(kind -> "make:" + kind + ":" + kind)
                                        .toArray(String[]::new))
                        .status())
                .isEqualTo(200);
        List<String> expected = browser.probe(site.b(), describe).body().lines().toList();
        AtomicInteger changes = new AtomicInteger();
        Counters before = Counters.of(List.of(site.a()));

        Race race = race("a reader of " + kinds.length + " types against writers");
        race.run(Race.rounds(60, 10_000), HANDS, number -> {
            if (number % 2 == 0) {
                List<String> seen =
                        browser.probe(site.a(), describe).body().lines().toList();
                race.hold(seen.equals(expected), "the reader saw " + seen);
                return;
            }
            String kind = kinds[number / 2 % kinds.length];
            synchronized (changes) {
                int change = changes.incrementAndGet();
                Answer answer = browser.probe(
                        site.b(), "make:" + kind + ":" + kind, "count:inPlace", "append:trail:" + change, "get:trail");
                race.hold(
                        answer.value("inPlace").equals(Integer.toString(change))
                                && answer.value("trail").endsWith(change + "]")
                                && (change == 1 || answer.value("trail").contains((change - 1) + ",")),
                        "change " + change + " met " + answer.body());
                if (change % 50 == 0) {
                    browser.probe(site.b(), "remove:trail", "append:trail:" + change);
                }
            }
        });

        assertThat(race.violations("")).isEmpty();
        assertThat(Counters.of(List.of(site.a())).since(before).saves())
                .as("saves by the reader's node")
                .isZero();
    }

    @Test
    void noneOfManyLogoutsIsUndoneByWritesInFlight() {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        Set<String> labels = ConcurrentHashMap.newKeySet();
        Race race = race("logout against writes");
        race.run(Race.rounds(40, 10_000), HANDS, number -> {
            TomcatNode here = either(number);
            TomcatNode there = either(number + 1);
            Shopper shopper = new Shopper().add(here);
            String id = shopper.sessionId();
            ids.add(id);
            labels.add(shopper.label());
            InFlight writers = new InFlight(shopper.label())
                    .begin(there, with(id), "count:n")
                    .begin(there, with(id), "append:list:x")
                    .begin(here, with(id), "count:m")
                    .arrived();

            CompletableFuture<Answer> logout = CompletableFuture.supplyAsync(() -> shopper.logOut(here));
            writers.go();
            race.hold(logout.join().status() == 302, "logout answered " + logout.join());
            writers.answers();

            for (TomcatNode node : site.nodes()) {
                Answer later = with(id).probe(node, "exists");
                race.hold(later.value("exists").equals("false"), id + " is alive on " + node);
            }
        });

        Set<String> alive = livingRows();
        ids.forEach(id -> race.hold(!alive.contains(hash(id)), "there is a row of " + id));
        Map<String, Long> events = site.nodes().stream()
                .flatMap(node -> node.log().events().stream())
                .filter(event -> event.startsWith("sessionDestroyed "))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        labels.forEach(label -> {
            Long farewells = events.getOrDefault("sessionDestroyed " + label + " items=1", 0L);
            race.hold(farewells == 1, label + " was destroyed " + farewells + " times");
        });
        assertThat(race.violations("")).isEmpty();
    }

    @Test
    void ofManyRotationsOneIdLivesAndTheBrowserHasIt() {
        AtomicInteger outdated = new AtomicInteger();
        Race race = race("rotation against rotation and writes");
        race.run(Race.rounds(40, 10_000), HANDS, number -> {
            boolean chain = number % 4 == 0;
            Browser browser = new Browser();
            browser.probe(site.a(), "set:zero:0");
            String old = browser.sessionCookie().orElseThrow();
            InFlight requests = new InFlight("rotation-" + line.name() + number)
                    .begin(site.a(), browser, chain ? "rotate,set:a:1,rotate" : "set:a:1,rotate")
                    .begin(site.b(), browser, "set:b:1,rotate")
                    .begin(either(number / 4), browser, "rotate,set:c:1")
                    .begin(site.b(), browser, "count:n")
                    .arrived();
            requests.go();
            List<Answer> answers = requests.answers();

            List<String> told = answers.stream()
                    .flatMap(answer -> answer.setCookies().stream())
                    .map(cookie -> cookie.substring(cookie.indexOf('=') + 1).split(";", 2)[0])
                    .distinct()
                    .toList();
            Set<String> alive = livingRows(told);
            race.hold(alive.size() == 1, old + " lives on as " + alive.size() + " of " + told);
            race.hold(told.size() == 1 || chain, "one old id, and new ones: " + told);
            race.hold(!isAlive(old), old + " is still alive");
            String last = browser.sessionCookie().orElseThrow();
            if (!isAlive(last)) {
                // The answer of a request that another one overtook twice was on its way when that happened.
                race.hold(chain, "the browser has " + last + ", and " + alive + " lives");
                outdated.incrementAndGet();
                last = told.stream().filter(this::isAlive).findFirst().orElse(last);
            }
            for (TomcatNode node : site.nodes()) {
                Answer seen = with(last).probe(node, "exists", "get:zero", "get:a", "get:b", "get:c", "get:n");
                race.hold(
                        seen.body()
                                .lines()
                                .toList()
                                .equals(List.of("exists=true", "zero=0", "a=1", "b=1", "c=1", "n=1")),
                        last + " has " + seen.body().replace('\n', ' '));
                race.hold(with(old).probe(node, "exists").value("exists").equals("false"), old + " answers on " + node);
            }
        });
        assertThat(race.violations("outdated cookies after chains " + outdated)).isEmpty();
    }

    private TomcatNode either(int number) {
        return number % 2 == 0 ? site.a() : site.b();
    }

    private static Browser with(String id) {
        return new Browser().withSessionCookie("/shop", id);
    }

    private boolean isAlive(String id) {
        return site.table().row("/shop", id).filter(row -> !row.isTombstone()).isPresent();
    }

    private Set<String> livingRows(List<String> ids) {
        return ids.stream().filter(this::isAlive).collect(Collectors.toSet());
    }

    private Set<String> livingRows() {
        return site.table().rows().stream()
                .filter(row -> !row.isTombstone())
                .map(Row::asMap)
                .map(row -> HexFormat.of().formatHex((byte[]) row.get("id_hash")))
                .collect(Collectors.toSet());
    }

    private static String hash(String id) {
        return HexFormat.of().formatHex(SessionTable.idHash("/shop", id));
    }

    /** Requests that have found their session, and wait at a gate for the moment to go on. */
    private final class InFlight {
        private final String gate;
        private final List<TomcatNode> where = new ArrayList<>();
        private final List<CompletableFuture<Answer>> answers = new ArrayList<>();

        InFlight(String gate) {
            this.gate = gate;
        }

        InFlight begin(TomcatNode node, Browser browser, String steps) {
            String here = "open:" + gate + "-" + where.size();
            Stream<String> all = Stream.concat(Stream.of("exists", here, "await:" + gate), Stream.of(steps.split(",")));
            answers.add(browser.probeLater(node, all.toArray(String[]::new)));
            where.add(node);
            return this;
        }

        InFlight arrived() {
            for (int i = 0; i < where.size(); i++) {
                new Browser().probe(where.get(i), "await:" + gate + "-" + i);
            }
            return this;
        }

        void go() {
            site.nodes().stream()
                    .map(node -> new Browser().probeLater(node, "open:" + gate))
                    .toList()
                    .forEach(CompletableFuture::join);
        }

        List<Answer> answers() {
            return answers.stream().map(CompletableFuture::join).toList();
        }
    }
}
