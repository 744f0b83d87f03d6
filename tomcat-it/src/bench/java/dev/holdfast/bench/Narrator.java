package dev.holdfast.bench;

import dev.holdfast.bench.contestant.Contestant;
import dev.holdfast.bench.meter.Sample;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Says what is being measured, while it is. */
public final class Narrator {
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final boolean terminal = System.console() != null;
    private final int total;
    private int done;

    /** @param total how many samples there will be */
    Narrator(int total) {
        this.total = total;
    }

    /** One or more lines. */
    public void say(String line) {
        if (terminal) {
            out.print("\r\u001b[K");
        }
        out.println(line);
    }

    /** What is going on; on a terminal in one line that is written over. */
    void progress(int round, Contestant contestant, String what) {
        if (terminal) {
            out.printf(
                    Locale.ROOT, "\r\u001b[K[%d/%d] round %d, %s: %s …", done, total, round, contestant.title(), what);
        }
    }

    /** A line for each sample. */
    void sampled(Sample sample) {
        done++;
        say(String.format(
                Locale.ROOT,
                "[%3d/%d] round %d  %-10s  %-5s  %6.1f + %6.1f us CPU  %7.0f/s  p50 %6.0f us  p99 %6.0f us",
                done,
                total,
                sample.round(),
                sample.contestant(),
                sample.workload(),
                sample.webMicros(),
                sample.storeMicros(),
                sample.perSecond(),
                sample.p50Micros(),
                sample.p99Micros()));
    }
}
