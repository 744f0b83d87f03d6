/** What the operating system and PostgreSQL say a run has cost. */
@NullMarked
package dev.holdfast.bench.meter;

import org.jspecify.annotations.NullMarked;
