/** A real PostgreSQL for tests and the demo. Knows neither JUnit nor Holdfast, so that every project here can compile it. */
@NullMarked
package dev.holdfast.testdb;

import org.jspecify.annotations.NullMarked;
