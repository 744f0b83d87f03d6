package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Heard;
import dev.holdfast.it.history.Operation.Kind;
import dev.holdfast.it.history.Operation.Outcome;
import dev.holdfast.it.history.Operation.Sent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One who sends a request at a time and records what comes of it. Its number names its keys: nobody else changes them. Not
 * safe for use by several threads at once.
 */
final class Actor implements AutoCloseable {
    private static final int BAD_REQUEST = 400;

    private final int number;
    private final Recorder recorder;
    private final List<Wire> wires = new ArrayList<>();

    Actor(int number, Recorder recorder, List<Integer> ports) {
        this.number = number;
        this.recorder = recorder;
        ports.forEach(port -> wires.add(new Wire(port)));
    }

    int number() {
        return number;
    }

    /** Sends a request with the session's present cookie. */
    Operation send(Tabs tabs, int node, Request request) {
        return send(tabs, tabs.cookie(), node, request);
    }

    /** Sends a request with this cookie, records it, and lets the session know what came of it. */
    Operation send(Tabs tabs, String cookie, int node, Request request) {
        int operation = recorder.nextNumber();
        Reading reading = new Reading(tabs.label());
        Outcome outcome = Outcome.UNKNOWN;
        int status = 0;
        long answered = Operation.NEVER;
        String remark = "";
        String newCookie = "";
        long begun = recorder.now();
        try {
            Wire.Reply reply = wires.get(node).send(request.path(), cookie);
            answered = recorder.at(reply.firstByteNanos());
            status = reply.status();
            newCookie = sessionCookie(reply);
            if (!newCookie.isEmpty() && !request.mode().equals("create")) {
                tabs.take(newCookie);
            }
            boolean success = status < BAD_REQUEST;
            if (success) {
                request.atFirstByte().run();
            }
            try {
                reply.readBody();
                outcome = success ? Outcome.DONE : Outcome.UNKNOWN;
                remark = success ? "" : "answered with an error";
            } catch (IOException e) {
                outcome = success ? Outcome.BROKEN : Outcome.UNKNOWN;
                remark = e.toString();
            }
            if (success) {
                reading.read(
                        reply.body() + String.join("", reply.header("X-Said")).replace('|', '\n'));
            }
        } catch (Wire.NotSentException e) {
            outcome = Outcome.NOT_SENT;
            remark = String.valueOf(e.getCause());
        } catch (IOException e) {
            remark = e.toString();
        }
        long ended = recorder.now();
        tabs.learn(reading.ids());
        Sent sent = new Sent(operation, number, node, tabs.label(), request.kind(), cookie, begun, request.steps());
        Heard heard = new Heard(
                outcome,
                status,
                reading.found(),
                answered,
                ended,
                reading.ids(),
                newCookie,
                reading.loggedOut(),
                0,
                remark);
        return recorder.add(
                new Operation(sent, heard, reading.writes(request, outcome, answered, ended), reading.seen()));
    }

    /** Records a look at the row of the session under this id. */
    Operation row(Tabs tabs, String id, Look look) {
        int operation = recorder.nextNumber();
        long begun = recorder.now();
        Sent sent = new Sent(operation, number, -1, tabs.label(), Kind.ROW, id, begun, "");
        Heard heard = look.at(id);
        long ended = recorder.now();
        return recorder.add(new Operation(
                sent,
                new Heard(
                        heard.outcome(),
                        0,
                        heard.found(),
                        ended,
                        ended,
                        List.of(),
                        "",
                        false,
                        heard.revision(),
                        heard.remark()),
                List.of(),
                List.of()));
    }

    /** How a row is looked at, past Holdfast. */
    interface Look {
        Heard at(String id);
    }

    private static String sessionCookie(Wire.Reply reply) {
        String found = "";
        for (String cookie : reply.header("Set-Cookie")) {
            if (cookie.startsWith("JSESSIONID=")) {
                found = cookie.substring("JSESSIONID=".length()).split(";", 2)[0];
            }
        }
        return found;
    }

    @Override
    public void close() {
        wires.forEach(Wire::close);
    }
}
