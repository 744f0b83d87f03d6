/** What the build itself needs: runs, inside Maven, what is a program of its own. */
@NullMarked
package dev.holdfast.build;

import org.jspecify.annotations.NullMarked;
