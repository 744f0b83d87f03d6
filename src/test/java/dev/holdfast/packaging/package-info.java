/** The JARs as they are shipped: what is in them, and that it works there. */
@NullMarked
package dev.holdfast.packaging;

import org.jspecify.annotations.NullMarked;
