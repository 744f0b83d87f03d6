/** A client that costs little: one thread, a few connections, each waiting for its answer. */
@NullMarked
package dev.holdfast.bench.load;

import org.jspecify.annotations.NullMarked;
