package dev.holdfast.it.history;

import dev.holdfast.it.node.TomcatLine;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run is to be.
 *
 * @param seed what all choices of the clients and of the faults are drawn from
 * @param duration how long the clients work; starting the nodes and the final look come on top
 * @param nodes how many Tomcats
 * @param clients how many threads send requests; each may have two under way at once
 * @param sessions how many sessions there are at any time
 * @param faults whether things fail meanwhile
 * @param jar the Holdfast JAR that the nodes have in {@code lib}
 * @param line the line of Tomcat
 */
public record HistoryPlan(
        long seed, Duration duration, int nodes, int clients, int sessions, boolean faults, Path jar, TomcatLine line) {
    public HistoryPlan {
        if (nodes < 2 || clients < 2 || sessions < 1) {
            throw new IllegalArgumentException("at least two nodes, two clients and a session");
        }
    }
}
