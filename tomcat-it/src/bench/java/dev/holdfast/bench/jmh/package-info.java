/** Codec and cipher alone. */
@NullMarked
package dev.holdfast.bench.jmh;

import org.jspecify.annotations.NullMarked;
