package dev.holdfast.bench.scenario;

import dev.holdfast.bench.Narrator;
import dev.holdfast.bench.Options;
import dev.holdfast.bench.meter.DatabaseServer;

/** A run with a question of its own. */
public interface Scenario {
    /** Answers it, on a database that is otherwise idle. */
    Findings run(Options options, DatabaseServer database, Narrator narrator);
}
