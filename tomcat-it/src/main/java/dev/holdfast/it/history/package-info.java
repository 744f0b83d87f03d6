/**
 * Drives several Tomcats with many clients while things fail, records every answer, and afterwards reads the record for
 * what must not be in it. {@link dev.holdfast.it.history.HistoryRun} runs, {@link dev.holdfast.it.history.Checker} judges.
 */
@NullMarked
package dev.holdfast.it.history;

import org.jspecify.annotations.NullMarked;
