package dev.holdfast.it.history;

import java.util.ArrayList;
import java.util.List;

/** A request that a client is about to send: what it is for, its steps, and what these are to change. */
final class Request {
    private final Operation.Kind kind;
    private final List<String> steps = new ArrayList<>();
    private final List<Intent> intents = new ArrayList<>();
    private String mode = "";
    private boolean committed;
    private Runnable atFirstByte = () -> {};

    /** A change that one of the steps makes. */
    record Intent(Key key, long version, boolean removes, boolean afterCommit) {}

    Request(Operation.Kind kind) {
        this.kind = kind;
    }

    Request step(String step) {
        steps.add(step);
        return this;
    }

    /** The next change of this key. */
    Request change(Key key) {
        return change(key, false);
    }

    /** The removal of this key. */
    Request removal(Key key) {
        return change(key, true);
    }

    private Request change(Key key, boolean removes) {
        long version =
                key.version() + 1 + intents.stream().filter(i -> i.key() == key).count();
        boolean removal = removes || key.kind().removesAt(version);
        intents.add(new Intent(key, version, removal, committed));
        return step(removal ? "remove:" + key.name() : key.kind().step(key.name(), version));
    }

    /** From here on the answer has begun. */
    Request flush(int bytes) {
        committed = true;
        return step("fill:" + bytes).step("flush");
    }

    /** {@code async}, {@code dispatch} or {@code create}. */
    Request mode(String newMode) {
        mode = newMode;
        return this;
    }

    /** To be done when the first byte of the answer is there. */
    Request atFirstByte(Runnable work) {
        atFirstByte = work;
        return this;
    }

    Operation.Kind kind() {
        return kind;
    }

    String mode() {
        return mode;
    }

    List<Intent> intents() {
        return intents;
    }

    Runnable atFirstByte() {
        return atFirstByte;
    }

    String steps() {
        return (mode.isEmpty() ? "" : mode + " ") + String.join(" ", steps);
    }

    String path() {
        String query = String.join("&", steps.stream().map(step -> "do=" + step).toList());
        return "/shop/history?"
                + switch (mode) {
                    case "" -> "";
                    case "create" -> "create=true&";
                    default -> "mode=" + mode + "&";
                }
                + query;
    }
}
