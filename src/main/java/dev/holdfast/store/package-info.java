/** Sealed rows to and from PostgreSQL: the only room that knows SQL. */
@NullMarked
package dev.holdfast.store;

import org.jspecify.annotations.NullMarked;
