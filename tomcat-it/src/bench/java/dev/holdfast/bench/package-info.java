/** What sessions cost, measured: Holdfast, the floor and its peers, one after the other on one machine. */
@NullMarked
package dev.holdfast.bench;

import org.jspecify.annotations.NullMarked;
