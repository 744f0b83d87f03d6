package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.HoldfastException;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.SessionRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link Scenario}: a store, nodes, actors, and what they have been told. An actor whose request failed was answered
 * with an error: what it did may have happened or not.
 */
final class World {
    static final String ID = "0123456789ABCDEF";
    static final Duration TIMEOUT = Duration.ofMinutes(30);

    /** After this time without access, the session of {@link #begin()} has expired. */
    static final Duration EXPIRY = TIMEOUT.plus(Node.TOUCH_INTERVAL);

    private static final Duration LEASE = Duration.ofMinutes(5);

    /** What an actor was answered: the id of the session it was served with, if there was one. */
    private record Answer(Optional<String> sessionId, boolean sessionEnded) {}

    final Story story = new Story();
    /** How often somebody was told farewell: by a sweep, or by an end that found the session. */
    final AtomicInteger farewells = new AtomicInteger();

    private final Stage stage;
    private final Schedule schedule;
    private final Map<String, Node> nodes = new TreeMap<>();
    private final LinkedHashMap<String, Runnable> actors = new LinkedHashMap<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<String> ids = Collections.synchronizedSet(new LinkedHashSet<>(List.of(ID)));
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final Set<String> mayFail = ConcurrentHashMap.newKeySet();
    private final List<Throwable> broken = Collections.synchronizedList(new ArrayList<>());

    World(Stage stage, Schedule schedule) {
        this.stage = stage;
        this.schedule = schedule;
        stage.enter(schedule, story);
    }

    // Before the play

    /** A session is there, with one attribute. */
    void begin() {
        begin(session -> session.put("zero", "0"));
    }

    void begin(Consumer<ConcurrentMap<String, Object>> application) {
        observer().begin(ID, application);
    }

    /** A node of this name, as its actors reach the store. */
    Node node(String name) {
        return nodes.computeIfAbsent(
                name, n -> Node.light(new TurnStore(stage.store(), schedule, story, !stage.keepsTurns())));
    }

    /** An actor on a node of its own, whose request finds the session and goes on with it. */
    void request(String actor, Consumer<Node.Request> application) {
        requestOn(actor, actor, application);
    }

    /** The same on a node that may have other actors. */
    void requestOn(String node, String actor, Consumer<Node.Request> application) {
        requestOn(node, actor, ID, application);
    }

    void requestOn(String node, String actor, String sessionId, Consumer<Node.Request> application) {
        Node on = node(node);
        actor(actor, () -> serve(on, actor, sessionId, application));
    }

    /** An actor whose request begins the session and goes on with it. */
    void creation(String actor, Consumer<Node.Request> application) {
        Node on = node(actor);
        actor(actor, () -> create(on, actor, ID, application));
    }

    /** One request, from its look-up to its answer. */
    void serve(Node node, String actor, String sessionId, Consumer<Node.Request> application) {
        answers.remove(actor);
        Node.Request request = node.request(sessionId);
        boolean present;
        try (request) {
            present = request.session().isPresent();
            if (present) {
                application.accept(request);
            }
        }
        answered(actor, present ? answer(request) : new Answer(Optional.empty(), false));
    }

    /** One request that begins a session. */
    void create(Node node, String actor, String sessionId, Consumer<Node.Request> application) {
        answers.remove(actor);
        Node.Request request = node.request(sessionId);
        try (request) {
            request.create();
            application.accept(request);
        }
        answered(actor, answer(request));
    }

    private static Answer answer(Node.Request request) {
        return new Answer(Optional.of(request.container().id), request.container().ended);
    }

    /** This actor may be answered with an error although nothing was lost. */
    void mayFail(String actor) {
        mayFail.add(actor);
    }

    /** An actor who does something else than serve a request. */
    void actor(String name, Runnable work) {
        node(name);
        actors.put(name, () -> {
            try {
                work.run();
            } catch (HoldfastException e) {
                story.add(name, "is answered with an error", e.getClass().getSimpleName());
                failed.add(name);
            } catch (Throwable e) {
                broken.add(e);
            }
        });
    }

    /** An actor who lets time pass in one moment. */
    void time(Duration passing) {
        actor("time", () -> {
            schedule.turn(false);
            stage.pass(passing);
            story.add("time", "passes", passing.toString());
        });
    }

    /** An actor who sweeps once. */
    void sweep(String actor) {
        Node node = node(actor);
        actor(actor, () -> {
            node.engine.expire(10, LEASE, copy -> {
                farewells.incrementAndGet();
                story.add(actor, "says farewell", "");
            });
            answered(actor, new Answer(Optional.empty(), false));
        });
    }

    void pass(Duration time) {
        stage.pass(time);
    }

    // What applications do

    static Consumer<Node.Request> sets(String name, Object value) {
        return request -> request.run(session -> session.put(name, value));
    }

    static Consumer<Node.Request> removes(String name) {
        return request -> request.run(session -> session.remove(name));
    }

    /** Changes a list without setting it. */
    static Consumer<Node.Request> appends(String name, Object value) {
        return request -> EngineTestBase.list(request.get(name)).add(value);
    }

    // During the play

    /** Waits for a turn of its own, so that others can get in between two things that an application does. */
    void pause(String what) {
        schedule.turn(false);
        String actor = schedule.actorHere();
        if (actor != null) {
            story.add(actor, what, "");
        }
    }

    /** Changes the id, and tells afterwards which ids there are. */
    void rotate(Node.Request request, String newId) {
        ids.add(newId);
        request.rotate(newId);
    }

    /** Ends the session, and counts who may tell its listeners. */
    void end(Node.Request request) {
        if (request.end()) {
            farewells.incrementAndGet();
        }
    }

    /** Notes that the client has learned something, before its request has ended. */
    void acknowledge(String actor, String what) {
        story.add(actor, "is told", what);
    }

    private void answered(String actor, Answer answer) {
        answers.put(actor, answer);
        story.add(actor, "is answered", answer.sessionId().orElse("without a session"));
    }

    // Afterwards

    void play() throws InterruptedException {
        schedule.run(actors);
    }

    /** Whether the actor's last request was answered without an error. */
    boolean answered(String actor) {
        return answers.containsKey(actor);
    }

    /** Whether that answer was one with a session. */
    boolean served(String actor) {
        Answer answer = answers.get(actor);
        return answer != null && answer.sessionId().isPresent();
    }

    /** The cookie that the actor's client has in the end. */
    String cookieOf(String actor) {
        Answer answer = answers.get(actor);
        return answer == null ? ID : answer.sessionId().orElse(ID);
    }

    boolean acknowledged(String actor, String what) {
        return story.has(event -> event.actor().equals(actor)
                && event.what().equals("is told")
                && event.outcome().equals(what));
    }

    boolean nothingWasLost() {
        return schedule.lost() == 0;
    }

    long alive() {
        return stage.store().countAlive();
    }

    /** A node that has seen nothing yet, and waits for no turn. */
    Node observer() {
        return Node.light(stage.store());
    }

    boolean knows(String sessionId) {
        return observer().knows(sessionId);
    }

    /** The id under which the session lives; empty if it does not. */
    Optional<String> livingId() {
        return ids.stream().filter(this::knows).findFirst();
    }

    /** An attribute of the session, whatever its id is; {@code null} too if the session does not live. */
    @Nullable
    Object read(String name) {
        return livingId().map(id -> observer().read(id, name)).orElse(null);
    }

    /** Whether two names lead to one object, for whoever finds the session now. */
    boolean isOneObject(String name, String other) {
        try (Node.Request request = observer().request(livingId().orElseThrow())) {
            return request.get(name) == request.get(other);
        }
    }

    /** An attribute that a request has set is there, if the client was told so and the session lives. */
    void checkKept(String actor, String name, Object value) {
        if (served(actor) && livingId().isPresent()) {
            assertThat(read(name)).as("what %s has set in %s", actor, name).isEqualTo(value);
        }
    }

    /** A request whose session nobody has ended was not told that somebody had. */
    void checkNotEnded(String actor) {
        Answer answer = answers.get(actor);
        assertThat(answer != null && answer.sessionEnded())
                .as("%s was told that the session had ended", actor)
                .isFalse();
    }

    /** Checks what must hold for the actor whose write was the last; nobody's is an empty name. */
    void checkLastWriter(Consumer<String> check) {
        story.lastWriter().ifPresent(check);
    }

    /** The row of the session, whatever its id is. */
    Optional<SessionRow> row() {
        return livingId().flatMap(id -> stage.store().load(IdHash.of("app", id), OptionalLong.empty()));
    }

    /** What every node has to say about the session's time-out, in seconds. */
    int timeoutSeconds() {
        Node.Request request = observer().request(livingId().orElseThrow());
        try (request) {
            return (Integer) request.container().properties.getOrDefault(ContainerState.TIMEOUT, 0);
        }
    }

    /**
     * What holds in every story: nothing is thrown; there is no deadlock; without a loss nobody is answered with an error; one id lives at most; every
     * node finds what the row holds; the row's time-out is the one that the sealed contents tell.
     */
    void checkCommonLaws() {
        for (Throwable thrown : broken) {
            throw new AssertionError("an actor threw " + thrown, thrown);
        }
        assertThat(story.has(event -> event.outcome().equals(Story.DEADLOCK)))
                .as("a deadlock in the database")
                .isFalse();
        if (nothingWasLost()) {
            Set<String> unexplained = new TreeSet<>(failed);
            unexplained.removeAll(mayFail);
            assertThat(unexplained).as("answered with an error").isEmpty();
        }
        row().ifPresent(row ->
                assertThat(row.maxInactiveSeconds()).as("the row's time-out").isEqualTo(timeoutSeconds()));
        assertThat(ids.stream().filter(this::knows)).as("ids alive").hasSizeLessThanOrEqualTo(1);
        assertThat(alive()).as("rows alive").isLessThanOrEqualTo(1);
        for (String id : ids) {
            Optional<Map<String, String>> row = observer().contents(id);
            nodes.forEach((name, node) -> assertThat(node.contents(id))
                    .as("what node %s finds under %s", name, id)
                    .isEqualTo(row));
        }
    }
}
