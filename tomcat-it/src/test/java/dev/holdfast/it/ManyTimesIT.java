package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.wire.Exchange;
import dev.holdfast.it.wire.Visitor;
import dev.holdfast.it.wire.Visitor.Probe;
import dev.holdfast.it.wire.Wire;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same again and again, as a race is not seen at once: what is in the session at the first byte is what the other node has.
 * {@code -Dholdfast.visible.times=} says how often.
 */
@ParameterizedClass
@EnumSource
final class ManyTimesIT {
    private static final String APP = "plain";
    private static final int TIMES = Integer.getInteger("holdfast.visible.times", 10);
    private static final Map<String, Integer> SEEN = new LinkedHashMap<>();

    @Parameter
    TomcatLine line;

    /** How an answer is begun, and whether the application waits afterwards until it is told to go on. */
    enum Way {
        FLUSHED("", true, "stream:64000", "flush"),
        REDIRECT("", false, "redirect:/plain/elsewhere"),
        ERROR_PAGE("", false, "error:409"),
        ASYNC("async", true, "stream:64000", "flush"),
        ASYNC_COMPLETED("async", false),
        DISPATCHED("dispatch", true, "stream:64000", "flush"),
        NON_BLOCKING("write", true, "stream:10", "flush");

        private final String mode;
        private final boolean waits;
        private final String[] steps;

        Way(String mode, boolean waits, String... steps) {
            this.mode = mode;
            this.waits = waits;
            this.steps = steps;
        }
    }

    @ParameterizedTest
    @EnumSource
    void byEveryWire(Way way) throws IOException {
        BarrierSite site = BarrierSite.of(line);
        for (Wire wire : Wire.values()) {
            Visitor visitor = new Visitor(wire);
            int seen = 0;
            for (int i = 1; i <= TIMES; i++) {
                String gate = BarrierSite.newName();
                Probe probe = Probe.of(APP, way.mode).steps("mark:" + i).steps(way.steps);
                if (way.waits) {
                    probe = probe.steps("await:" + gate);
                }
                try (Exchange exchange = visitor.begin(site.a(), probe)) {
                    if (site.onTheOtherNode(visitor, APP, "marked").equals(Integer.toString(i))) {
                        seen++;
                    }
                    if (way.waits) {
                        site.open(APP, gate);
                    }
                    exchange.readAll();
                }
            }
            SEEN.put(line + ", " + way + ", " + wire, seen);
            assertThat(seen).as("%s, %s, of %d", way, wire, TIMES).isEqualTo(TIMES);
        }
    }

    @AfterAll
    static void tell() {
        SEEN.forEach(
                (way, seen) -> System.out.println("Seen at the first byte: " + way + ": " + seen + " of " + TIMES));
        SEEN.clear();
    }
}
