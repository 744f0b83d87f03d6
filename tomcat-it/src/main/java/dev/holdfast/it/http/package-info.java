/** A browser, as far as cookies and redirects go, that may send each request to another node. */
@NullMarked
package dev.holdfast.it.http;

import org.jspecify.annotations.NullMarked;
