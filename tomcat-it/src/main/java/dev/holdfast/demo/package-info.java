/** The demo: a shop of 2005 on two Tomcats, and a page that shows what happens to its sessions. */
@NullMarked
package dev.holdfast.demo;

import org.jspecify.annotations.NullMarked;
