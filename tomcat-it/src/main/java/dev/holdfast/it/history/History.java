package dev.holdfast.it.history;

import java.util.List;
import java.util.Map;

/**
 * All that is known of a run.
 *
 * @param timeouts the time-out in seconds of each session that is to expire, by its label
 * @param complete whether the events are all there that ever come: whoever recorded waited for them
 */
public record History(
        List<Operation> operations,
        List<Fault> faults,
        List<SessionEvent> events,
        Map<String, Integer> timeouts,
        boolean complete) {}
