package dev.holdfast.it.race;

import dev.holdfast.it.node.TomcatNode;
import java.util.List;
import javax.management.ObjectName;

/** What the session managers of some nodes have counted so far, added up. */
public record Counters(long loads, long saves, long conflicts, long failures) {
    private static final String MANAGER = "Catalina:type=Manager,host=localhost,context=/shop";

    /** As it is now. */
    public static Counters of(List<TomcatNode> nodes) {
        return nodes.stream()
                .map(Counters::of)
                .reduce(
                        new Counters(0, 0, 0, 0),
                        (one, other) -> new Counters(
                                one.loads + other.loads,
                                one.saves + other.saves,
                                one.conflicts + other.conflicts,
                                one.failures + other.failures));
    }

    private static Counters of(TomcatNode node) {
        return node.jvm().jmx(mbeans -> {
            ObjectName manager = new ObjectName(MANAGER);
            return new Counters(
                    ((Number) mbeans.getAttribute(manager, "loads")).longValue(),
                    ((Number) mbeans.getAttribute(manager, "saves")).longValue(),
                    ((Number) mbeans.getAttribute(manager, "conflicts")).longValue(),
                    ((Number) mbeans.getAttribute(manager, "failures")).longValue());
        });
    }

    /** What was counted since then. */
    public Counters since(Counters before) {
        return new Counters(
                loads - before.loads, saves - before.saves, conflicts - before.conflicts, failures - before.failures);
    }

    @Override
    public String toString() {
        return loads + " loads, " + saves + " saves, " + conflicts + " conflicts, " + failures + " failures";
    }
}
