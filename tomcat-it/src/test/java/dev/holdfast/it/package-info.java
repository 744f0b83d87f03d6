/** Holdfast in real Tomcats, driven by HTTP alone. */
@NullMarked
package dev.holdfast.it;

import org.jspecify.annotations.NullMarked;
