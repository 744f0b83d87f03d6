package dev.holdfast.bench.report;

import java.util.Arrays;

/** The median of some values, with the least and the greatest. */
public record Spread(double median, double min, double max, int count) {
    /** @throws IllegalArgumentException if there are none */
    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }
}
