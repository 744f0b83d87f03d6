/** Encrypted PostgreSQL sessions for Apache Tomcat. This root holds only what every room may know. */
@NullMarked
package dev.holdfast;

import org.jspecify.annotations.NullMarked;
