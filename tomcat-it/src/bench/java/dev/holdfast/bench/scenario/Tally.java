package dev.holdfast.bench.scenario;

import dev.holdfast.bench.meter.Sample;

/** Adds up the phases of a run between which something else happens. Not safe for use by several threads. */
final class Tally {
    private long requests;
    private long webNanos;
    private long storeNanos;
    private double seconds;

    void add(Sample sample) {
        requests += sample.requests();
        webNanos += sample.webNanos();
        storeNanos += sample.storeNanos();
        seconds += sample.seconds();
    }

    double seconds() {
        return seconds;
    }

    double webMicros() {
        return webNanos / 1000.0 / requests;
    }

    double storeMicros() {
        return storeNanos / 1000.0 / requests;
    }

    double totalMicros() {
        return webMicros() + storeMicros();
    }
}
