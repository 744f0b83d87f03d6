package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Found;
import dev.holdfast.it.history.Operation.Outcome;
import dev.holdfast.it.history.Operation.Seen;
import dev.holdfast.it.history.Operation.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Understands what the application's servlet says. */
final class Reading {
    private final String label;
    private final List<Seen> seen = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Integer> done = new HashMap<>();
    private final Map<String, Integer> declined = new HashMap<>();
    private Found found = Found.UNSAID;
    private boolean loggedOut;

    Reading(String label) {
        this.label = label;
    }

    void read(String text) {
        String[] lines = text.split("\n", -1);
        // the last one is empty, or cut off
        for (int i = 0; i < lines.length - 1; i++) {
            line(lines[i]);
        }
    }

    private void line(String line) {
        if (line.startsWith("found=")) {
            String name = line.substring("found=".length());
            if (name.equals("none") || name.equals("fresh")) {
                found = Found.NONE;
            } else {
                found = name.equals(label) ? Found.SESSION : Found.OTHER;
            }
        } else if (line.equals("ended")) {
            found = Found.ENDED;
        } else if (line.equals("loggedOut")) {
            loggedOut = true;
        } else if (line.startsWith("ok ")) {
            done.merge(line.substring("ok ".length()), 1, Integer::sum);
        } else if (line.startsWith("no ")) {
            String[] words = line.substring("no ".length()).split("=", 2);
            declined.merge(words[0], 1, Integer::sum);
            seen.add(value(words[0], words[1]));
        } else if (line.startsWith("id=")) {
            ids.add(line.substring("id=".length()));
        } else if (line.startsWith("k.") || line.startsWith("m.")) {
            String[] words = line.split("=", 2);
            seen.add(value(words[0], words[1]));
        }
    }

    /** What a value says of the change that made it. */
    static Seen value(String key, String raw) {
        long version = Seen.MALFORMED;
        if (raw.equals("-")) {
            version = 0;
        } else if (raw.startsWith("[")) {
            version = lengthOfSequence(raw);
        } else if (raw.matches("v?[0-9]{1,15}")) {
            version = Long.parseLong(raw.replace("v", ""));
        }
        return new Seen(key.intern(), version, version == Seen.MALFORMED ? raw : "");
    }

    private static long lengthOfSequence(String raw) {
        String[] numbers = raw.substring(1, raw.length() - 1).split(",");
        for (int i = 0; i < numbers.length; i++) {
            if (!numbers[i].equals(Integer.toString(i + 1))) {
                return Seen.MALFORMED;
            }
        }
        return numbers.length;
    }

    /** What the request has changed, or may have: not what it declined to, and nothing where there was no session. */
    List<Write> writes(Request request, Outcome outcome, long answered, long ended) {
        List<Write> writes = new ArrayList<>();
        if (outcome == Outcome.NOT_SENT || found == Found.NONE || found == Found.OTHER) {
            return writes;
        }
        Map<String, Integer> order = new HashMap<>();
        for (Request.Intent intent : request.intents()) {
            String key = intent.key().name();
            int place = order.merge(key, 1, Integer::sum);
            boolean said = done.getOrDefault(key, 0) >= place;
            if (!said && declined.containsKey(key)) {
                continue;
            }
            long reliable = intent.afterCommit() ? (outcome == Outcome.DONE ? ended : Operation.NEVER) : answered;
            boolean acknowledged = said && (outcome == Outcome.DONE || outcome == Outcome.BROKEN);
            writes.add(new Write(
                    key.intern(), intent.version(), intent.removes(), acknowledged ? reliable : Operation.NEVER));
        }
        return writes;
    }

    Found found() {
        return found;
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    List<String> ids() {
        return List.copyOf(ids);
    }

    boolean loggedOut() {
        return loggedOut;
    }
}
