package dev.holdfast.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What happened in one run, in the order in which it did. Safe for use by many threads. */
final class Story {
    /** Marks an outcome that the actor did not learn. */
    static final String UNHEARD = ", the answer was lost";

    /** How the name of a statement begins: it is a part of the call that is told after it. */
    static final String STATEMENT = "  ";

    /** The outcome of a statement that the database gave up because two were waiting for one another. */
    static final String DEADLOCK = "deadlock";

    private static final Set<String> WRITTEN = Set.of("save Saved", "cycle Saved", "create CREATED");

    /**
     * @param actor who
     * @param what a call of the store, or whatever the actor did
     * @param outcome what came of it
     */
    record Event(String actor, String what, String outcome) {
        /** Whether this wrote a row, whether or not the actor learned of it. */
        boolean wrote() {
            return WRITTEN.contains(what + " " + outcome.replace(UNHEARD, ""));
        }

        @Override
        public String toString() {
            return actor + "." + what + (outcome.isEmpty() ? "" : ": " + outcome);
        }
    }

    private final List<Event> events = new ArrayList<>();

    synchronized void add(String actor, String what, String outcome) {
        events.add(new Event(actor, what, outcome));
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** The place of the first such event; -1 if there is none. */
    int first(Predicate<Event> such) {
        List<Event> all = events();
        for (int i = 0; i < all.size(); i++) {
            if (such.test(all.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The place of the last such event; -1 if there is none. */
    int last(Predicate<Event> such) {
        List<Event> all = events();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (such.test(all.get(i))) {
                return i;
            }
        }
        return -1;
    }

    boolean has(Predicate<Event> such) {
        return first(such) >= 0;
    }

    /** The place of this actor's answer; -1 if it had none. */
    int answer(String actor) {
        return first(event -> event.actor().equals(actor) && event.what().equals("is answered"));
    }

    /** Who did the last thing between two steps. */
    String lastToGoOn() {
        return events().get(last(event -> event.what().equals("goes on"))).actor();
    }

    /** Whether one had done all its writing before the other went on, or wrote nothing. */
    boolean wroteBeforeGoingOn(String actor, String other) {
        int wrote = last(event -> event.actor().equals(actor) && event.wrote());
        return wrote
                < first(event -> event.actor().equals(other) && event.what().equals("goes on"));
    }

    /**
     * Whose write was the last one; nobody's is an empty name.
     *
     * @return empty if a statement's answer was lost, so that nobody here can say whether it was a write
     */
    Optional<String> lastWriter() {
        if (has(event -> event.what().startsWith(STATEMENT) && event.outcome().equals(UNHEARD))) {
            return Optional.empty();
        }
        int last = last(Event::wrote);
        return Optional.of(last < 0 ? "" : events().get(last).actor());
    }

    @Override
    public String toString() {
        return String.join("\n  ", events().stream().map(Event::toString).toList());
    }
}
