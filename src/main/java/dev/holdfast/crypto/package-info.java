/** Bytes to and from sealed bytes; keys. The only room that knows {@code javax.crypto}. */
@NullMarked
package dev.holdfast.crypto;

import org.jspecify.annotations.NullMarked;
