/** Copies of the product that are broken on purpose: what is to find a violation of the laws is shown to find these. */
@NullMarked
package dev.holdfast.breakage;

import org.jspecify.annotations.NullMarked;
