/** Runs with a question of their own, beside the main table. */
@NullMarked
package dev.holdfast.bench.scenario;

import org.jspecify.annotations.NullMarked;
