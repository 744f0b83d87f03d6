/** The glue to Apache Tomcat: manager, session, valve and commit barrier. */
@NullMarked
package dev.holdfast.tomcat;

import org.jspecify.annotations.NullMarked;
