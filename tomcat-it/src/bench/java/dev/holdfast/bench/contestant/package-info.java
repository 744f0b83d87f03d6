/** The ways to keep sessions that are compared, each installed as its documentation has it. */
@NullMarked
package dev.holdfast.bench.contestant;

import org.jspecify.annotations.NullMarked;
