/** Holdfast as an administrator meets it: its JAR, its example files, its table. */
@NullMarked
package dev.holdfast.it.holdfast;

import org.jspecify.annotations.NullMarked;
