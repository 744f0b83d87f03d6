package dev.holdfast.bench.report;

import java.util.List;
import java.util.Locale;

/** Horizontal bars, each in two parts, as an SVG that takes its colours from the page. */
final class BarChart {
    private static final int WIDTH = 860;
    private static final int LABEL_WIDTH = 190;
    private static final int ROW = 30;
    private static final int BAR = 18;
    /** What the figures beside the longest bar need. */
    private static final int FIGURES_WIDTH = 210;

    private BarChart() {}

    /**
     * One bar.
     *
     * @param least of the sum, over all rounds
     * @param greatest of the sum, over all rounds
     * @param ours whether it is the one that the chart is about
     */
    record Bar(String label, double first, double second, double least, double greatest, boolean ours, String remark) {
        double sum() {
            return first + second;
        }
    }

    static String svg(String title, List<Bar> bars) {
        double longest = bars.stream()
                .mapToDouble(bar -> Math.max(bar.sum(), bar.greatest()))
                .max()
                .orElse(1);
        double scale = (WIDTH - LABEL_WIDTH - FIGURES_WIDTH) / Math.max(longest, 1e-9);
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                bars.size() * ROW + 4,
                Html.escaped(title)));
        int y = 2;
        for (Bar bar : bars) {
            svg.append(row(bar, y, scale));
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String row(Bar bar, int y, double scale) {
        double textY = y + ROW / 2.0 + 5;
        double barY = y + (ROW - BAR) / 2.0;
        double first = bar.first() * scale;
        double second = bar.second() * scale;
        StringBuilder row = new StringBuilder();
        row.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                bar.ours() ? "label ours" : "label",
                LABEL_WIDTH - 10,
                textY,
                Html.escaped(bar.label())));
        if (!bar.remark().isEmpty()) {
            return row.append(String.format(
                            Locale.ROOT,
                            "<text class=\"remark\" x=\"%d\" y=\"%.1f\">%s</text>%n",
                            LABEL_WIDTH,
                            textY,
                            Html.escaped(bar.remark())))
                    .toString();
        }
        row.append(rectangle("web", LABEL_WIDTH, barY, first))
                .append(rectangle("store", LABEL_WIDTH + first, barY, second));
        row.append(String.format(
                Locale.ROOT,
                "<line class=\"spread\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
                LABEL_WIDTH + bar.least() * scale,
                LABEL_WIDTH + bar.greatest() * scale,
                y + ROW / 2.0,
                y + ROW / 2.0));
        double figuresX = LABEL_WIDTH + Math.max(first + second, bar.greatest() * scale) + 8;
        String figures = bar.second() > 0
                ? String.format(Locale.ROOT, "%.0f + %.0f = %.0f", bar.first(), bar.second(), bar.sum())
                : String.format(Locale.ROOT, "%.0f", bar.sum());
        return row.append(String.format(
                        Locale.ROOT,
                        "<text class=\"figure\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                        figuresX,
                        textY,
                        figures))
                .toString();
    }

    private static String rectangle(String style, double x, double y, double width) {
        return String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>%n",
                style,
                x,
                y,
                Math.max(0, width),
                BAR);
    }
}
