/** From samples to medians, tables and charts. */
@NullMarked
package dev.holdfast.bench.report;

import org.jspecify.annotations.NullMarked;
