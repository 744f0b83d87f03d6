/** The engine: load, track changes, save, merge, rotate, expire. Knows no container, no SQL, no Kryo, no cipher. */
@NullMarked
package dev.holdfast.session;

import org.jspecify.annotations.NullMarked;
