/** Many requests at once, the same thing over and over, and what is counted meanwhile. */
@NullMarked
package dev.holdfast.it.race;

import org.jspecify.annotations.NullMarked;
