package dev.holdfast.it.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a history and names what must not be in it. A pure function: the same history, the same violations. Whatever an
 * operation of unknown fate can explain is no violation; everything else is.
 */
public final class Checker {
    private static final List<Rule> RULES = List.of(
            new KeyRule(),
            new PairRule(),
            new IdRule(),
            new ExpiryRule(),
            new EventRule(),
            new ReaderRule(),
            new AnswerRule());

    private Checker() {}

    /** One law, or some that belong together. Without state. */
    interface Rule {
        /** Adds what this rule finds in one session. */
        void check(SessionHistory session, List<Violation> found);
    }

    /** All violations, session by session. */
    public static List<Violation> check(History history) {
        List<Violation> found = new ArrayList<>();
        for (SessionHistory session : SessionHistory.of(history)) {
            for (Rule rule : RULES) {
                rule.check(session, found);
            }
        }
        return found;
    }
}
