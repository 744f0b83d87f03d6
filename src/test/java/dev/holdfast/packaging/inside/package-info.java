/** What {@link dev.holdfast.packaging.TomcatLib} runs beside the -all JAR; it sees only what an application would. */
@NullMarked
package dev.holdfast.packaging.inside;

import org.jspecify.annotations.NullMarked;
