/** The network between a node and its database, where it can be watched and disturbed. */
@NullMarked
package dev.holdfast.it.net;

import org.jspecify.annotations.NullMarked;
