/** Real Tomcats as processes of their own, as the distribution starts them, for the tests and the demo. */
@NullMarked
package dev.holdfast.it.node;

import org.jspecify.annotations.NullMarked;
