/** Session contents to and from bytes, attribute by attribute: the only room that knows Kryo. */
@NullMarked
package dev.holdfast.codec;

import org.jspecify.annotations.NullMarked;
